// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy;

import io.filbert.cluster.Member;
import io.filbert.error.SerializationException;
import io.filbert.internal.blocking.NotYet;
import io.filbert.internal.cluster.Cluster;
import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.invocation.CallOptions;
import io.filbert.internal.invocation.Invoker;
import io.filbert.internal.invocation.PartialCall;
import io.filbert.internal.listener.Subscription;
import io.filbert.internal.listener.Subscriptions;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.DataDecoder;
import io.filbert.internal.protocol.PartitionHash;
import io.filbert.internal.protocol.ProtocolException;
import io.filbert.internal.protocol.RequestType;
import io.filbert.internal.schema.ClusterSchemas;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.UnknownSchemaException;
import io.filbert.internal.serialization.stream.DecodeElsewhere;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls one distributed object makes: serializes, finds the partition, and invokes with the object's options. Immutable.
 */
public final class ObjectCalls {

    private static final int NO_PARTITION = -1;

    /** Some room is left for what a message holds besides, such as the headers of its frames. */
    private static final long MOST_BYTES_OF_OBJECTS = Integer.MAX_VALUE - (256L << 20);

    private final SerializationService serialization;
    private final ClusterSchemas schemas;
    private final Subscriptions subscriptions;
    private final Cluster cluster;
    private final Invoker invoker;
    private final Object owner;
    private final Function<CallOptions, CompletableFuture<Boolean>> destroy;
    private final CallOptions options;

    /**
     * @param owner what listeners belong to, and end with
     * @param destroy destroys the object in the cluster
     */
    ObjectCalls(
            SerializationService serialization,
            ClusterSchemas schemas,
            Subscriptions subscriptions,
            Cluster cluster,
            Invoker invoker,
            Object owner,
            Function<CallOptions, CompletableFuture<Boolean>> destroy,
            CallOptions options) {
        this.serialization = serialization;
        this.schemas = schemas;
        this.subscriptions = subscriptions;
        this.cluster = cluster;
        this.invoker = invoker;
        this.owner = owner;
        this.destroy = destroy;
        this.options = options;
    }

    /** The same calls with another time limit. */
    public ObjectCalls withDeadline(Duration deadline) {
        Objects.requireNonNull(deadline, "deadline");
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline must be more than zero, but is " + deadline);
        }
        invoker.watchClosely(deadline);
        return with(options.withTimeout(deadline));
    }

    /** The same calls with what is left of their time limit. */
    public ObjectCalls endingIn(Duration left) {
        return with(options.withTimeout(left));
    }

    /** The same calls for requests that wait on the member for so long before they begin. */
    public ObjectCalls withExtraTime(Duration wait) {
        return with(options.withExtraTime(wait));
    }

    /** The same calls, never sent again once they may have had their effect, whatever is configured. */
    public ObjectCalls withoutRedo() {
        return with(options.withoutRedo());
    }

    /** The same calls for the client itself: stages that depend on them run on the I/O thread, and must not block or run code of the user. */
    public ObjectCalls clientOwn() {
        return with(options.clientOwn());
    }

    private ObjectCalls with(CallOptions other) {
        return new ObjectCalls(serialization, schemas, subscriptions, cluster, invoker, owner, destroy, other);
    }

    /** The same calls for requests that wait on the member for ever. */
    public ObjectCalls withoutDeadline() {
        return withExtraTime(LONGEST);
    }

    /**
     * The serialized form.
     *
     * @param what the argument's name, for the error if it is null
     */
    public Data toData(@Nullable Object object, String what) {
        Objects.requireNonNull(object, what);
        try {
            return Objects.requireNonNull(serialization.toData(object));
        } catch (SerializationException e) {
            throw e.in("The " + what + " for " + options.subject());
        }
    }

    /** As {@link #toData}, for what members read and this client does not, such as predicates. */
    public Data toDataForMembers(@Nullable Object object, String what) {
        Objects.requireNonNull(object, what);
        try {
            return serialization.toDataForMembers(object);
        } catch (SerializationException e) {
            throw new SerializationException("The " + what + " for " + options.subject() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Encodes a request that carries many objects and cannot be cut.
     *
     * @param what one of the objects, for errors
     * @throws SerializationException if there is no memory for it, or if it would be longer than a message can be
     */
    public byte[] encodeWhole(Collection<?> objects, String what, Function<List<Data>, byte[]> encode) {
        List<Data> data = new ArrayList<>(objects.size());
        long bytes = 0;
        try {
            for (Object object : objects) {
                Data serialized = toData(object, what);
                bytes += serialized.size();
                data.add(serialized);
            }
            if (bytes <= MOST_BYTES_OF_OBJECTS) {
                return encode.apply(data);
            }
        } catch (OutOfMemoryError e) {
            int done = data.size();
            data.clear();
            throw tooLarge(objects.size(), what, done, bytes, "for which the heap has no room", e);
        }
        throw tooLarge(objects.size(), what, data.size(), bytes, "which is more than a message can hold", null);
    }

    private SerializationException tooLarge(
            int count, String what, int done, long bytes, String why, @Nullable OutOfMemoryError error) {
        return new SerializationException(
                count + " objects (" + what + ") for " + options.subject() + " are sent in one request, " + why + ": "
                        + done
                        + " of them take " + bytes + " bytes, and the heap is limited to "
                        + Runtime.getRuntime().maxMemory()
                        + " bytes. Nothing was sent. Send fewer at a time, or give the JVM a larger heap (-Xmx)",
                error);
    }

    /**
     * Reads serialized objects of one type. The type is what the user declared; it is not checked. An object whose schema is unknown has
     * it fetched, and is read again then. What cannot be read is in the error, whoever's fault it is: nobody else has it any more, perhaps.
     */
    @SuppressWarnings("NullAway") // what a structure holds is never null
    public <T> DataDecoder<T> decoder() {
        return (buffer, offset, length) -> {
            try {
                return serialization.toObject(buffer, offset, length);
            } catch (UnknownSchemaException e) {
                throw new NotYet(
                        () -> schemas.fetch(e.schemaId()), Arrays.copyOfRange(buffer, offset, offset + length));
            } catch (DecodeElsewhere | ProtocolException signal) {
                throw signal;
            } catch (Throwable e) {
                if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
                    throw fatal;
                }
                throw unreadable(e, Arrays.copyOfRange(buffer, offset, offset + length));
            }
        };
    }

    private static SerializationException unreadable(Throwable error, byte[] bytes) {
        SerializationException unreadable = error instanceof SerializationException ours
                ? SerializationException.ofResults(
                        String.valueOf(ours.getMessage()), ours.getCause(), List.of(bytes), List.of())
                : SerializationException.ofResults(
                        "Reading an object failed: " + error, error, List.of(bytes), List.of());
        unreadable.setStackTrace(error.getStackTrace());
        return unreadable;
    }

    /** Reads a serialized object that a message carries as a whole. */
    public static <T> T read(DataDecoder<T> decoder, Data data) {
        return decoder.decode(data.bytes(), 0, data.size());
    }

    /** The partition of a key among so many; -1 while the cluster is still unknown. */
    public static int partitionOf(Data key, int partitionCount) {
        return partitionCount == 0 ? NO_PARTITION : PartitionHash.toPartitionId(key.partitionHash(), partitionCount);
    }

    /** The number of partitions; 0 while the cluster is still unknown. Another one after a failover to a cluster that has another one. */
    public int partitionCount() {
        return cluster.partitionCount();
    }

    /** Which cluster the client is connected to; null while it is unknown. */
    public @Nullable UUID clusterId() {
        return cluster.clusterId();
    }

    /** Calls the owner of the key's partition. */
    public <T extends @Nullable Object> CompletableFuture<T> onKey(
            Data key, RequestType type, byte[] message, ResponseDecoder<T> decoder) {
        return invoker.invokeOnKey(type, message, key.partitionHash(), decoder, options);
    }

    /** Calls the owner of the partition that the name of an object decides: the part behind an {@code @}, if there is one. */
    public <T extends @Nullable Object> CompletableFuture<T> onName(
            String name, RequestType type, byte[] message, ResponseDecoder<T> decoder) {
        String partitionKey = name.substring(name.indexOf('@') + 1);
        return onKey(serialization.toDataOfName(partitionKey), type, message, decoder);
    }

    /**
     * Calls the owner of the partition.
     *
     * @param partitionCount of how many it is one; the call fails if the cluster it comes to has another number of them
     */
    public <T extends @Nullable Object> CompletableFuture<T> onPartition(
            int partitionId, int partitionCount, RequestType type, byte[] message, ResponseDecoder<T> decoder) {
        return invoker.invokeOnPartition(type, message, partitionId, partitionCount, decoder, options);
    }

    /** Calls any member. */
    public <T extends @Nullable Object> CompletableFuture<T> onAny(
            RequestType type, byte[] message, ResponseDecoder<T> decoder) {
        return invoker.invokeOnAny(type, message, decoder, options);
    }

    /**
     * Makes several calls that are one for the user. The parts are taken from the iterator as they are sent.
     *
     * @param partitionCount of how many partitions those of the parts were chosen; parts fail if the cluster they come to has another
     *     number of them
     */
    public <P extends @Nullable Object, T extends @Nullable Object> CompletableFuture<T> onAll(
            Iterator<PartialCall<P>> parts, int partitionCount, Function<List<P>, T> combine) {
        return invoker.invokeAll(parts, partitionCount, combine, false, options);
    }

    /** As {@link #onAll}, for calls that change data: if some of them may have been carried out and others not, the error says so. */
    public <P extends @Nullable Object, T extends @Nullable Object> CompletableFuture<T> changeAll(
            Iterator<PartialCall<P>> parts, int partitionCount, Function<List<P>, T> combine) {
        return invoker.invokeAll(parts, partitionCount, combine, true, options);
    }

    /** Registers a listener of this object on the members. Ends with the object. */
    public CompletableFuture<UUID> subscribe(Subscription subscription) {
        return subscriptions.add(owner, subscription, options.timeoutNanos());
    }

    /** Removes a listener. */
    public CompletableFuture<Boolean> unsubscribe(UUID registrationId) {
        return subscriptions.remove(registrationId, options.timeoutNanos());
    }

    /** Destroys the object in the cluster and ends its listeners; false, without a request, if this client knows that it is gone. */
    public CompletableFuture<Boolean> destroy() {
        return destroy.apply(options);
    }

    /** Whether each member is to report its own events only, because the client listens to all members. */
    public boolean localEventsOnly() {
        return cluster.listensToAllMembers();
    }

    /** The member with this uuid; null if the cluster has none. */
    public @Nullable Member member(UUID uuid) {
        return cluster.member(uuid);
    }

    /** What errors name, such as {@code map 'personnel'}. */
    public String subject() {
        return options.subject();
    }

    /** How long a call may take. */
    public long timeoutNanos() {
        return options.timeoutNanos();
    }

    /** A pause between calls that make up one call of the user; see {@link Invoker#pause}. */
    public CompletableFuture<Void> pause(Duration time) {
        return invoker.pause(time);
    }

    /** The executor on which stages that depend on these calls run. */
    public Executor completions() {
        return options.completions();
    }

    /** Milliseconds for the wire: a time between 0 and 1 ms must not become 0, which means "no limit". */
    public static long millis(Duration time, String what) {
        Objects.requireNonNull(time, what);
        if (time.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative, but is " + time);
        }
        if (time.compareTo(LONGEST) > 0) {
            return Long.MAX_VALUE;
        }
        long millis = time.toMillis();
        return millis == 0 && !time.isZero() ? 1 : millis;
    }

    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);
}
