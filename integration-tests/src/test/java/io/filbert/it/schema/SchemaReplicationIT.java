// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.cluster.LifecycleState;
import io.filbert.config.ClientConfig;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.codec.ClientCreateProxiesCodec;
import io.filbert.internal.protocol.codec.ClientSendAllSchemasCodec;
import io.filbert.internal.protocol.codec.ClientSendSchemaCodec;
import io.filbert.internal.protocol.codec.MapAddEntryListenerToKeyCodec;
import io.filbert.internal.protocol.codec.MapAddEntryListenerWithPredicateCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.internal.protocol.codec.MapSetCodec;
import io.filbert.internal.protocol.member.ClientSendSchemaMemberCodec;
import io.filbert.internal.protocol.member.MapAddEntryListenerToKeyMemberCodec;
import io.filbert.internal.protocol.member.MapAddEntryListenerWithPredicateMemberCodec;
import io.filbert.internal.protocol.type.FieldDescriptor;
import io.filbert.internal.protocol.type.Schema;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.map.EntryListener;
import io.filbert.query.Predicates;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HeldRequests;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import io.filbert.testkit.ScriptedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new schema reaches other members before the first object written with it. */
@NoLeaks
final class SchemaReplicationIT {

    private static final Schema EMPLOYEE =
            new Schema(Employee.TYPE_NAME, List.of(new FieldDescriptor("age", 9), new FieldDescriptor("name", 17)));

    private ScriptedCluster cluster = ScriptedCluster.builder().members(2).start();

    @AfterEach
    void endCluster() {
        cluster.close();
    }

    private HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        return Clients.connect(cluster.addresses(), config -> {
            config.compactSerializers(new Employee.Serializer())
                    .invocationRetryPause(Duration.ofMillis(20))
                    .retryInitialBackoff(Duration.ofMillis(20));
            changes.accept(config);
        });
    }

    private long writes() {
        return cluster.members().stream()
                .mapToLong(member -> member.requests(MapPutCodec.REQUEST).size()
                        + member.requests(MapSetCodec.REQUEST).size())
                .sum();
    }

    private int timesSent() {
        return cluster.members().stream()
                .mapToInt(
                        member -> member.requests(ClientSendSchemaCodec.REQUEST).size())
                .sum();
    }

    @Test
    void firstObject_sendsTheSchemaOnceAndThenTheObject() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Integer, Employee> map = client.getMap("m");
            assertThat(map.put(1, new Employee("Ada", 36)).join()).isNull();
            map.put(2, new Employee("Bob", 40)).join();

            assertThat(cluster.schemas()).containsExactly(EMPLOYEE);
            assertThat(timesSent()).isEqualTo(1);
            assertThat(map.get(1).join()).isEqualTo(new Employee("Ada", 36));
        }
    }

    @Test
    void object_waitsUntilTheSchemaIsKnown_othersDoNot() throws Exception {
        List<HeldRequests> held = cluster.members().stream()
                .map(member -> member.hold(ClientSendSchemaCodec.REQUEST))
                .toList();
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Integer, Object> map = client.getMap("m");
            CompletableFuture<Object> first = map.put(1, new Employee("Ada", 36));
            CompletableFuture<Void> other = map.set(3, new Employee("Cy", 1));
            CompletableFuture<Object> nested = map.put(2, List.of(1).toArray())
                    .thenCompose(done -> map.put(2, new Object[] {"a", new Employee("Bob", 40)}));
            map.put(5, "no schema in here").get(10, TimeUnit.SECONDS);
            Eventually.passes(
                    () -> assertThat(held.stream().mapToInt(HeldRequests::count).sum())
                            .isEqualTo(1));

            assertThat(first).isNotDone();
            assertThat(other).isNotDone();
            assertThat(nested).isNotDone();
            held.stream().filter(requests -> requests.count() > 0).forEach(HeldRequests::release);
            first.get(10, TimeUnit.SECONDS);
            other.get(10, TimeUnit.SECONDS);
            nested.get(10, TimeUnit.SECONDS);
            assertThat(timesSent()).isEqualTo(1);
        }
    }

    @Test
    void schemaThatNotAllMembersHave_isSentAgainUntilTheyDo() {
        AtomicInteger asked = new AtomicInteger();
        cluster.on(ClientSendSchemaCodec.REQUEST, (request, reply) -> {
            if (asked.incrementAndGet() < 4) {
                assertThat(writes()).isZero();
                reply.send(ClientSendSchemaMemberCodec.encodeResponse(
                        Set.of(cluster.member(0).uuid())));
            } else {
                reply.proceed();
            }
        });
        try (HazelcastClient client = connect(config -> {})) {
            client.getMap("m").put(1, new Employee("Ada", 36)).join();

            assertThat(asked).hasValue(4);
        }
    }

    @Test
    void callsThatWaitForASchema_leaveRoomToSendItAgain() {
        AtomicInteger asked = new AtomicInteger();
        cluster.on(ClientSendSchemaCodec.REQUEST, (request, reply) -> {
            if (asked.incrementAndGet() < 3) {
                reply.send(ClientSendSchemaMemberCodec.encodeResponse(
                        Set.of(cluster.member(0).uuid())));
            } else {
                reply.proceed();
            }
        });
        try (HazelcastClient client = connect(config -> config.maxInFlight(2))) {
            DistributedMap<Integer, Employee> map = client.getMap("m");
            CompletableFuture<Void> one = map.set(1, new Employee("Ada", 36));
            CompletableFuture<Void> two = map.set(2, new Employee("Bob", 40));

            CompletableFuture.allOf(one, two).join();
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void schemaThatNeverReachesAllMembers_failsTheCallsThatNeedItAndNoOthers() {
        cluster.on(
                ClientSendSchemaCodec.REQUEST,
                (request, reply) -> reply.send(ClientSendSchemaMemberCodec.encodeResponse(
                        Set.of(cluster.member(0).uuid()))));
        try (HazelcastClient client = connect(config -> config.invocationRetryPause(Duration.ofMillis(1)))) {
            DistributedMap<Integer, Object> map = client.getMap("m");

            assertThatThrownBy(() -> map.blocking().put(1, new Employee("Ada", 36)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("compact type 'employee'")
                    .hasMessageContaining("sent 100 times, but only 1 of 2 members have it");
            map.put(2, "else").join();
            cluster.members().forEach(member -> member.asUsual(ClientSendSchemaCodec.REQUEST));
            map.put(1, new Employee("Ada", 36)).join(); // the next call tries again
        }
    }

    @Test
    void schemaThatNobodyAnswersFor_callEndsByItsDeadline() {
        cluster.on(ClientSendSchemaCodec.REQUEST, (request, reply) -> {});
        try (HazelcastClient client = connect(config -> config.invocationTimeout(Duration.ofSeconds(3)))) {
            DistributedMap<Integer, Object> map =
                    client.<Integer, Object>getMap("m").withDeadline(Duration.ofMillis(200));
            long start = System.nanoTime();

            assertThatThrownBy(() -> map.blocking().put(1, new Employee("Ada", 36)))
                    .isInstanceOf(OperationTimeoutException.class)
                    .hasMessageContaining("Map.put on map 'm'")
                    .hasMessageContaining("schema");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void clusterRestarts_schemasAreBackBeforeObjectsAndWork() {
        try (HazelcastClient client = connect(config -> config.redoOperation(true))) {
            DistributedMap<Integer, Employee> map = client.getMap("m");
            map.put(1, new Employee("Ada", 36)).join();
            cluster.members().forEach(ScriptedMember::forgetRequests);
            cluster.restart();
            map.put(1, new Employee("Ada", 37)).join();

            assertThat(cluster.schemas()).containsExactly(EMPLOYEE);
            ScriptedMember told = cluster.members().stream()
                    .filter(member ->
                            !member.requests(ClientSendAllSchemasCodec.REQUEST).isEmpty())
                    .findFirst()
                    .orElseThrow();
            List<ScriptedRequest> requests = told.requests();
            assertThat(requests.stream()
                            .filter(request -> request.is(ClientSendAllSchemasCodec.REQUEST)
                                    || request.is(ClientCreateProxiesCodec.REQUEST)
                                    || request.is(MapPutCodec.REQUEST))
                            .map(ScriptedRequest::type)
                            .limit(2))
                    .containsExactly(ClientSendAllSchemasCodec.REQUEST.id(), ClientCreateProxiesCodec.REQUEST.id());
        }
    }

    /**
     * The listener's registration waited for its schema, the schema for the client to be ready, and that for the registration: all calls waited
     * for invocationTimeout.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listenerThatNeedsANewSchema_addedWhileDisconnected_holdsNothingUp(boolean byPredicate) throws Exception {
        cluster.on(
                MapAddEntryListenerToKeyCodec.REQUEST,
                (request, reply) -> reply.send(MapAddEntryListenerToKeyMemberCodec.encodeResponse(UUID.randomUUID())));
        cluster.on(
                MapAddEntryListenerWithPredicateCodec.REQUEST,
                (request, reply) ->
                        reply.send(MapAddEntryListenerWithPredicateMemberCodec.encodeResponse(UUID.randomUUID())));
        EntryListener<Object, Object> listener = EntryListener.onAdded(event -> {});
        Employee ada = new Employee("Ada", 36);
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Object, Object> map = client.getMap("m");
            cluster.members().forEach(ScriptedMember::die);
            Eventually.passes(
                    () -> assertThat(client.lifecycleService().state()).isEqualTo(LifecycleState.DISCONNECTED));
            (byPredicate
                            ? map.addEntryListener(listener, Predicates.equal("this", ada), true)
                            : map.addEntryListener(listener, (Object) ada, true))
                    .get(10, TimeUnit.SECONDS);
            cluster.members().forEach(ScriptedMember::revive);

            map.withDeadline(Duration.ofSeconds(20)).get(1).get(20, TimeUnit.SECONDS);
            Eventually.passes(() -> assertThat(cluster.members())
                    .allSatisfy(member -> assertThat(member.requests(
                                    byPredicate
                                            ? MapAddEntryListenerWithPredicateCodec.REQUEST
                                            : MapAddEntryListenerToKeyCodec.REQUEST))
                            .hasSize(1)));
            assertThat(cluster.schemas()).containsExactly(EMPLOYEE);
        }
    }

    /** The deadline of a view used to be ignored by listeners. */
    @Test
    void listenerWhoseSchemaNobodyAnswersFor_endsByItsDeadline_andIsNeverSent() {
        cluster.on(ClientSendSchemaCodec.REQUEST, (request, reply) -> {});
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Object, Object> map = client.getMap("m").withDeadline(Duration.ofMillis(200));

            assertThatThrownBy(() -> map.blocking()
                            .addEntryListener(
                                    EntryListener.onAdded(event -> {}), (Object) new Employee("Ada", 36), true))
                    .isInstanceOf(OperationTimeoutException.class)
                    .hasMessageContaining("entry listener of map 'm' did not end within 200 ms")
                    .hasMessageContaining("a schema that it needs has not reached all members");
            assertThat(cluster.members())
                    .allSatisfy(member -> assertThat(member.requests(MapAddEntryListenerToKeyCodec.REQUEST))
                            .isEmpty());
        }
    }

    @Test
    void membersWithTheBetaForm_areNotSentAny() {
        cluster.close();
        cluster = ScriptedCluster.builder().version("5.1.7").start();
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Integer, Object> map = client.getMap("m");

            assertThatThrownBy(() -> map.blocking().put(1, new Employee("Ada", 36)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("version 5.1.7")
                    .hasMessageContaining("exists since 5.2.0");
            assertThat(writes()).isZero();
            map.put(2, "else").join();
        }
    }
}
