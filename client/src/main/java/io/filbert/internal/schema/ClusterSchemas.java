// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.schema;

import io.filbert.cluster.Member;
import io.filbert.cluster.MemberVersion;
import io.filbert.error.SerializationException;
import io.filbert.internal.cluster.MemberList;
import io.filbert.internal.invocation.CallOptions;
import io.filbert.internal.invocation.Invoker;
import io.filbert.internal.protocol.ProtocolException;
import io.filbert.internal.protocol.codec.ClientFetchSchemaCodec;
import io.filbert.internal.protocol.codec.ClientSendSchemaCodec;
import io.filbert.internal.runtime.Failures;
import io.filbert.internal.schema.PendingSchemas.Publication;
import io.filbert.internal.serialization.schema.Schema;
import io.filbert.internal.serialization.schema.SchemaStore;
import io.filbert.internal.serialization.schema.Schemas;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as a store of schemas. A new schema is sent to one member, which passes it on and answers who has it; it counts as known when
 * all members have it. Nothing here waits. Thread-safe.
 */
public final class ClusterSchemas implements SchemaStore {

    /** The first release whose compact form is the one everybody writes now; those before had others under the same numbers. */
    private static final MemberVersion FIRST_WITH_COMPACT = new MemberVersion(5, 2, 0);

    private static final int MOST_ATTEMPTS = 100;

    private final Schemas schemas;
    private final PendingSchemas pending;
    private final Calls calls;
    private final MemberList members;
    private final ScheduledExecutorService timer;
    private final Duration pause;
    private final ConcurrentMap<Long, CompletableFuture<Schema>> fetches = new ConcurrentHashMap<>();

    /** What is asked of a member. The futures complete on an I/O thread. */
    interface Calls {

        /** Sends a schema; the answer is who has it. */
        CompletableFuture<Set<UUID>> send(Schema schema);

        /** Asks for a schema; null if the member does not know it. */
        CompletableFuture<io.filbert.internal.protocol.type.@Nullable Schema> fetch(long schemaId);
    }

    /** @param pause before asking again whether all members have a schema */
    public ClusterSchemas(
            Schemas schemas,
            PendingSchemas pending,
            Invoker invoker,
            MemberList members,
            ScheduledExecutorService timer,
            Duration pause) {
        this(schemas, pending, new ByInvoker(invoker), members, timer, pause);
    }

    ClusterSchemas(
            Schemas schemas,
            PendingSchemas pending,
            Calls calls,
            MemberList members,
            ScheduledExecutorService timer,
            Duration pause) {
        this.schemas = schemas;
        this.pending = pending;
        this.calls = calls;
        this.members = members;
        this.timer = timer;
        this.pause = pause;
    }

    /** All schemas this client knows, for a cluster that may know none of them. */
    public static List<io.filbert.internal.protocol.type.Schema> onTheWire(Schemas schemas) {
        return schemas.all().stream().map(WireSchemas::toWire).toList();
    }

    // ---- publish

    @Override
    public void publish(Schema schema) {
        pending.begin(schema, publication -> send(publication, 1));
    }

    private void send(Publication publication, int attempt) {
        try {
            trySending(publication, attempt);
        } catch (Throwable e) {
            // Such as: no memory for the request. What waits for the schema would wait for ever; what comes later tries
            // again.
            publication.failed(e);
        }
    }

    private void trySending(Publication publication, int attempt) {
        Schema schema = publication.schema();
        Member tooOld = memberWithoutCompact();
        if (tooOld != null) {
            publication.failed(
                    new SerializationException(
                            "Objects of compact type '" + schema.typeName()
                                    + "' cannot be sent to this cluster: member " + tooOld.address() + " has version "
                                    + tooOld.version() + ", and the compact form exists since " + FIRST_WITH_COMPACT
                                    + ". Upgrade the members, or use another form (Portable, IdentifiedDataSerializable, a custom serializer)"));
            return;
        }
        calls.send(schema).whenComplete((holders, failure) -> {
            if (failure != null) {
                publication.failed(Failures.unwrapped(failure));
            } else {
                sent(publication, attempt, holders);
            }
        });
    }

    private void sent(Publication publication, int attempt, Set<UUID> holders) {
        try {
            if (allHaveIt(holders)) {
                pending.done(publication);
            } else {
                sendLater(publication, attempt, holders);
            }
        } catch (Throwable e) {
            publication.failed(e);
        }
    }

    private void sendLater(Publication publication, int attempt, Set<UUID> holders) {
        if (attempt == MOST_ATTEMPTS) {
            publication.failed(new SerializationException("The schema of compact type '"
                    + publication.schema().typeName() + "' was sent " + attempt + " times, but only " + holders.size()
                    + " of " + memberIds().size()
                    + " members have it. The cluster may be split; look for members that cannot reach each other"));
            return;
        }
        timer.schedule(() -> send(publication, attempt + 1), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private @Nullable Member memberWithoutCompact() {
        for (Member member : members.members()) {
            if (member.version().compareTo(FIRST_WITH_COMPACT) < 0) {
                return member;
            }
        }
        return null;
    }

    /** Not as long as the members are unknown, such as right after the cluster was restarted. */
    private boolean allHaveIt(Set<UUID> holders) {
        List<UUID> ids = memberIds();
        return !ids.isEmpty() && holders.containsAll(ids);
    }

    private List<UUID> memberIds() {
        return members.members().stream().map(Member::uuid).toList();
    }

    // ---- fetch

    /** Asks the cluster for a schema; the future fails if nobody has it. Its stages run on an I/O thread. */
    public CompletableFuture<Schema> fetch(long schemaId) {
        CompletableFuture<Schema> mine = new CompletableFuture<>();
        CompletableFuture<Schema> running = fetches.putIfAbsent(schemaId, mine);
        if (running != null) {
            return running;
        }
        try {
            ask(schemaId, mine);
        } catch (Throwable e) {
            fetches.remove(schemaId, mine);
            mine.completeExceptionally(e);
        }
        return mine;
    }

    private void ask(long schemaId, CompletableFuture<Schema> mine) {
        calls.fetch(schemaId).whenComplete((wire, failure) -> {
            fetches.remove(schemaId, mine);
            end(mine, schemaId, wire, failure);
        });
    }

    private void end(
            CompletableFuture<Schema> fetch,
            long schemaId,
            io.filbert.internal.protocol.type.@Nullable Schema wire,
            @Nullable Throwable failure) {
        if (failure != null) {
            fetch.completeExceptionally(Failures.unwrapped(failure));
        } else if (wire == null) {
            fetch.completeExceptionally(
                    new SerializationException(
                            "Cannot deserialize type id -55 (Compact): no member knows a"
                                    + " schema with id " + schemaId + " (0x" + Long.toHexString(schemaId)
                                    + "). Whoever wrote the object must register its schema in this cluster: write it again there"));
        } else {
            try {
                Schema schema = WireSchemas.fromWire(wire);
                if (schema.id() != schemaId) {
                    // Whoever reads again would ask again, and get the same answer.
                    throw new ProtocolException("its fields make the id " + schema.id());
                }
                schemas.add(schema);
                fetch.complete(schema);
            } catch (Throwable e) {
                // Errors, too: calls that wait for the schema would wait for ever.
                fetch.completeExceptionally(new SerializationException(
                        "Cannot deserialize type id -55 (Compact): the schema '" + wire.typeName()
                                + "' that a member has under the id " + schemaId + " cannot be used: "
                                + (e instanceof RuntimeException ? e.getMessage() : e)
                                + ". Find out who registered it; a client of Hazelcast 5.0 or 5.1 computes other ids",
                        e));
            }
        }
    }

    // ---- calls

    private record ByInvoker(Invoker invoker) implements Calls {

        @Override
        public CompletableFuture<Set<UUID>> send(Schema schema) {
            return invoker.invokeForOthers(
                    ClientSendSchemaCodec.REQUEST,
                    ClientSendSchemaCodec.encodeRequest(WireSchemas.toWire(schema)),
                    ClientSendSchemaCodec::decodeResponse,
                    options("schema of compact type '" + schema.typeName() + "'"));
        }

        @Override
        public CompletableFuture<io.filbert.internal.protocol.type.@Nullable Schema> fetch(long schemaId) {
            return invoker.invokeForOthers(
                    ClientFetchSchemaCodec.REQUEST,
                    ClientFetchSchemaCodec.encodeRequest(schemaId),
                    ClientFetchSchemaCodec::decodeResponse,
                    options("schema " + schemaId));
        }

        private CallOptions options(String subject) {
            return invoker.options(subject).clientOwn();
        }
    }
}
