// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filbert.error.SerializationException;
import io.filbert.internal.invocation.Offline;
import io.filbert.internal.protocol.type.FieldDescriptor;
import io.filbert.internal.serialization.schema.Schema;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.serialization.FieldKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guards against calls and listeners that wait for ever for a schema, because something threw at a bad place. */
@Timeout(60)
class ClusterSchemasTest {

    private static final Schema EMPLOYEE = new Schema("employee", List.of(new Schema.Field("age", FieldKind.INT32)));

    private final Offline offline = new Offline(config -> config);
    private final PendingSchemas pending = new PendingSchemas(true);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void close() {
        offline.close();
    }

    private void failTheFirstTime() {
        if (asked.getAndIncrement() == 0) {
            throw new InternalError("of a test");
        }
    }

    private ClusterSchemas schemas(ClusterSchemas.Calls calls, Duration pause) {
        return new ClusterSchemas(new Schemas(), pending, calls, offline.members(), offline.timer(), pause);
    }

    private static CompletableFuture<io.filbert.internal.protocol.type.@Nullable Schema> holds(
            List<FieldDescriptor> fields) {
        return CompletableFuture.completedFuture(
                new io.filbert.internal.protocol.type.Schema(EMPLOYEE.typeName(), fields));
    }

    private final List<FieldDescriptor> fields = List.of(new FieldDescriptor("age", FieldKind.INT32.id()));

    /** Answers requests for schemas; publications never end. */
    private abstract static class Fetching implements ClusterSchemas.Calls {
        @Override
        public CompletableFuture<Set<UUID>> send(Schema schema) {
            return new CompletableFuture<>();
        }
    }

    /** Answers publications; what is asked for never comes. */
    private abstract static class Sending implements ClusterSchemas.Calls {
        @Override
        public CompletableFuture<io.filbert.internal.protocol.type.@Nullable Schema> fetch(long schemaId) {
            return new CompletableFuture<>();
        }
    }

    @Test
    void fetch_requestCannotBeMade_fails_andIsMadeTheNextTime() throws Exception {
        ClusterSchemas schemas = schemas(
                new Fetching() {
                    @Override
                    public CompletableFuture<io.filbert.internal.protocol.type.@Nullable Schema> fetch(long schemaId) {
                        failTheFirstTime();
                        return holds(fields);
                    }
                },
                Duration.ofMillis(10));
        CompletableFuture<Schema> first = schemas.fetch(EMPLOYEE.id());

        assertThat(first).isCompletedExceptionally();
        assertThat(schemas.fetch(EMPLOYEE.id()).get(10, TimeUnit.SECONDS)).isEqualTo(EMPLOYEE);
    }

    @Test
    void fetch_answerCannotBeTaken_fails_andIsAskedForTheNextTime() throws Exception {
        List<FieldDescriptor> broken = new AbstractList<>() {
            @Override
            public FieldDescriptor get(int index) {
                failTheFirstTime();
                return fields.get(index);
            }

            @Override
            public int size() {
                return 1;
            }
        };
        ClusterSchemas schemas = schemas(
                new Fetching() {
                    @Override
                    public CompletableFuture<io.filbert.internal.protocol.type.@Nullable Schema> fetch(long schemaId) {
                        return holds(broken);
                    }
                },
                Duration.ofMillis(10));

        assertThatThrownBy(() -> schemas.fetch(EMPLOYEE.id()).get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(SerializationException.class);
        assertThat(schemas.fetch(EMPLOYEE.id()).get(10, TimeUnit.SECONDS)).isEqualTo(EMPLOYEE);
    }

    private @Nullable CompletableFuture<?> hold() {
        return pending.holds(
                ByteBuffer.allocate(Long.BYTES).putLong(EMPLOYEE.id()).array());
    }

    @Test
    void publish_cannotBeSent_whatWaitsForItFails_andTheNextCallTriesAgain() {
        ClusterSchemas schemas = schemas(
                new Sending() {
                    @Override
                    public CompletableFuture<Set<UUID>> send(Schema schema) {
                        failTheFirstTime();
                        return new CompletableFuture<>();
                    }
                },
                Duration.ofMillis(10));
        Throwable thrown = catchThrowable(() -> schemas.publish(EMPLOYEE));

        assertThat(thrown).isNull();
        assertThat(Objects.requireNonNull(hold())).isNotDone();
        assertThat(asked).as("attempts to send it").hasValue(2);
    }

    /** No member has it, and the next attempt cannot be planned. */
    @Test
    void publish_cannotBeRepeated_whatWaitsForItFails() {
        ClusterSchemas schemas = schemas(
                new Sending() {
                    @Override
                    public CompletableFuture<Set<UUID>> send(Schema schema) {
                        asked.incrementAndGet();
                        return CompletableFuture.completedFuture(Set.of());
                    }
                },
                Duration.ofSeconds(Long.MAX_VALUE)); // its nanoseconds cannot be counted

        schemas.publish(EMPLOYEE);

        assertThat(Objects.requireNonNull(hold())).isCompletedExceptionally();
        assertThat(asked).as("attempts to send it").hasValue(2);
    }
}
