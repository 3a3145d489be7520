// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.codec.ClientFetchSchemaCodec;
import io.filbert.internal.protocol.codec.MapGetAllCodec;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.member.ClientFetchSchemaMemberCodec;
import io.filbert.internal.protocol.member.MapGetAllMemberCodec;
import io.filbert.internal.protocol.type.FieldDescriptor;
import io.filbert.internal.protocol.type.Schema;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.StreamSerializer;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An object whose schema is unknown has it fetched; and objects of the user are read on threads of the user. */
@NoLeaks
final class SchemaFetchIT {

    private static final Employee ADA = new Employee("Ada", 36);

    private final ScriptedMember member = ScriptedMember.start();
    private final Employee.Serializer serializer = new Employee.Serializer();

    /** Somebody else stores an employee under 1 and 2. */
    @BeforeEach
    void writeFromElsewhere() {
        try (HazelcastClient other = connect(config -> config.compactSerializers(new Employee.Serializer()))) {
            DistributedMap<Integer, Employee> map = other.getMap("m");
            map.put(1, ADA).join();
            map.put(2, ADA).join();
        }
        Schema schema = member.cluster().schemas().iterator().next();
        member.on(
                ClientFetchSchemaCodec.REQUEST,
                (request, reply) -> reply.send(ClientFetchSchemaMemberCodec.encodeResponse(schema)));
        member.on(MapGetAllCodec.REQUEST, (request, reply) -> {
            var getAll = MapGetAllMemberCodec.decodeRequest(request.reader());
            reply.send(MapGetAllMemberCodec.encodeResponse(getAll.keys().stream()
                    .map(key -> Map.entry(key, member.cluster().map("m").get(key)))
                    .collect(Collectors.toList())));
        });
        member.forgetRequests();
    }

    @AfterEach
    void end() {
        member.close();
    }

    private HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        return Clients.connect(member.address(), config -> {
            config.invocationRetryPause(Duration.ofMillis(20));
            changes.accept(config);
        });
    }

    private HazelcastClient reader() {
        return connect(config -> config.compactSerializers(serializer));
    }

    private int fetches() {
        return member.requests(ClientFetchSchemaCodec.REQUEST).size();
    }

    @Test
    void blockingGet_fetchesOnceAndReadsOffTheIoThread() {
        try (HazelcastClient client = reader()) {
            Map<Integer, Employee> map = client.<Integer, Employee>getMap("m").blocking();

            assertThat(map.get(1)).isEqualTo(ADA);
            assertThat(map.get(2)).isEqualTo(ADA);
            assertThat(serializer.reader).as("the reading thread").satisfies(UserThreads::isOfTheUser);
            assertThat(fetches()).isEqualTo(1);
        }
    }

    @Test
    void asynchronousGet_readsOnTheCallbackThread() throws Exception {
        try (HazelcastClient client = reader()) {
            DistributedMap<Integer, Employee> map = client.getMap("m");
            CompletableFuture<Thread> stage = map.get(1).thenApply(value -> Thread.currentThread());

            assertThat(stage.get(10, TimeUnit.SECONDS).getName()).contains("callback");
            assertThat(serializer.reader.getName()).contains("callback");
        }
    }

    @Test
    void getAll_withUnknownSchema_readsEverything() throws Exception {
        try (HazelcastClient client = reader()) {
            DistributedMap<Integer, Employee> map = client.getMap("m");

            assertThat(map.getAll(Set.of(1, 2)).get(10, TimeUnit.SECONDS)).isEqualTo(Map.of(1, ADA, 2, ADA));
            assertThat(map.blocking().getAll(Set.of(1, 2))).isEqualTo(Map.of(1, ADA, 2, ADA));
            assertThat(serializer.reader).as("the reading thread").satisfies(UserThreads::isOfTheUser);
            assertThat(fetches()).isEqualTo(1);
        }
    }

    @Test
    void inlineCallbacks_readOnTheIoThread_evenWithUnknownSchema() throws Exception {
        try (HazelcastClient client =
                connect(config -> config.compactSerializers(serializer).callbackExecutor(Runnable::run))) {
            DistributedMap<Integer, Employee> map = client.getMap("m");
            CompletableFuture<Employee> stage = map.get(1).thenApply(value -> value);

            assertThat(stage.get(10, TimeUnit.SECONDS)).isEqualTo(ADA);
            assertThat(serializer.reader.getName()).contains("io-");
        }
    }

    @Test
    void answersNotYetRead_takeNoRoomFromCallsOfCallbacks() throws Exception {
        HeldRequests gets = member.hold(MapGetCodec.REQUEST);
        ExecutorService callbacks = Executors.newSingleThreadExecutor();
        CountDownLatch free = new CountDownLatch(1);
        try (HazelcastClient client = connect(
                config -> config.compactSerializers(serializer).maxInFlight(2).callbackExecutor(callbacks))) {
            DistributedMap<Integer, Employee> map = client.getMap("m");
            callbacks.execute(() -> {
                try {
                    free.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            List<CompletableFuture<Employee>> pairs = Stream.of(1, 2)
                    .map(key -> map.get(key).thenCompose(first -> map.get(1).thenCombine(map.get(2), (a, b) -> b)))
                    .toList();
            gets.awaitCount(2);
            member.asUsual(MapGetCodec.REQUEST);
            gets.release();
            free.countDown();

            for (CompletableFuture<Employee> pair : pairs) {
                assertThat(pair.get(10, TimeUnit.SECONDS)).isEqualTo(ADA);
            }
        } finally {
            callbacks.shutdown();
        }
    }

    @Test
    void schemaNobodyHas_isAnErrorThatSaysSo() {
        member.on(
                ClientFetchSchemaCodec.REQUEST,
                (request, reply) -> reply.send(ClientFetchSchemaMemberCodec.encodeResponse(null)));
        try (HazelcastClient client = reader()) {
            assertThatThrownBy(() -> client.getMap("m").blocking().get(1))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("no member knows a schema with id");
            assertThatThrownBy(() -> client.getMap("m").getAll(Set.of(1)).get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SerializationException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 99}) // a known kind and one that does not exist
    void anotherSchemaThanTheOneAskedFor_isAnErrorAndNotAskedForAgain(int kind) {
        Schema other = new Schema("other", List.of(new FieldDescriptor("age", kind)));
        member.on(
                ClientFetchSchemaCodec.REQUEST,
                (request, reply) -> reply.send(ClientFetchSchemaMemberCodec.encodeResponse(other)));
        try (HazelcastClient client = reader()) {
            assertThatThrownBy(() -> client.getMap("m").blocking().get(1))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("the schema 'other' that a member has under the id");
            assertThat(fetches()).isEqualTo(1);
        }
    }

    @Test
    void fetchWithoutAnswer_callsEndByTheirDeadline() {
        member.on(ClientFetchSchemaCodec.REQUEST, (request, reply) -> {});
        try (HazelcastClient client =
                connect(config -> config.compactSerializers(serializer).invocationTimeout(Duration.ofSeconds(4)))) {
            DistributedMap<Integer, Employee> map =
                    client.<Integer, Employee>getMap("m").withDeadline(Duration.ofMillis(200));
            long start = System.nanoTime();
            CompletableFuture<Employee> asynchronous = map.get(1);

            assertThatThrownBy(() -> map.blocking().get(1)).isInstanceOf(OperationTimeoutException.class);
            assertThatThrownBy(() -> map.blocking().getAll(Set.of(1))).isInstanceOf(OperationTimeoutException.class);
            assertThatThrownBy(asynchronous::join).hasCauseInstanceOf(OperationTimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void manyWaitForOneSchema_itIsFetchedOnce() throws Exception {
        HeldRequests held = member.hold(ClientFetchSchemaCodec.REQUEST);
        Schema schema = member.cluster().schemas().iterator().next();
        try (HazelcastClient client = reader()) {
            DistributedMap<Integer, Employee> map = client.getMap("m");
            CompletableFuture<Employee> one = map.get(1);
            CompletableFuture<Employee> two = map.get(2);
            AtomicReference<Employee> seen = new AtomicReference<>();
            Thread blocked = new Thread(() -> seen.set(map.blocking().get(1)));
            blocked.start();
            held.awaitCount(1);
            held.take().send(ClientFetchSchemaMemberCodec.encodeResponse(schema));

            assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(ADA);
            assertThat(two.get(10, TimeUnit.SECONDS)).isEqualTo(ADA);
            blocked.join(10_000);
            assertThat(seen.get()).isEqualTo(ADA);
            assertThat(held.count()).as("requests not answered").isZero();
        }
    }

    /** Holds an employee, and hides what goes wrong while it is read. */
    private record Desk(Employee owner) {}

    private static final class DeskSerializer implements StreamSerializer<Desk> {

        private final boolean throwsItsOwn;

        DeskSerializer(boolean throwsItsOwn) {
            this.throwsItsOwn = throwsItsOwn;
        }

        @Override
        public int getTypeId() {
            return 5;
        }

        @Override
        public void write(ObjectDataOutput out, Desk desk) {
            out.writeObject(desk.owner);
        }

        @Override
        public Desk read(ObjectDataInput in) {
            try {
                return new Desk(Objects.requireNonNull(in.readObject()));
            } catch (RuntimeException e) {
                if (throwsItsOwn) {
                    throw new IllegalStateException("I know better", e);
                }
                return new Desk(new Employee("nobody", 0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void serializerThatHidesFailures_doesNotHideThatASchemaIsMissing(boolean throwsItsOwn) {
        Consumer<ClientConfig.Builder> both = config -> config.compactSerializers(new Employee.Serializer())
                .customSerializers(Map.of(Desk.class, new DeskSerializer(throwsItsOwn)));
        try (HazelcastClient writer = connect(both)) {
            writer.getMap("desks").put(1, new Desk(ADA)).join();
        }
        try (HazelcastClient client = connect(both)) {
            assertThat(client.getMap("desks").blocking().get(1)).isEqualTo(new Desk(ADA));
        }
    }
}
