// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.query.Predicates;
import io.filbert.serialization.GenericRecord;
import io.filbert.testkit.HazelcastCluster;
import io.filbert.testkit.NoLeaks;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compact objects in a real cluster of three, whose members have none of the classes. */
@NoLeaks
@SuppressWarnings("NullAway.Init") // set before the first test
final class RealClusterSchemaIT {

    enum Level {
        JUNIOR,
        SENIOR
    }

    record Address(String street, String city) {}

    record Person(UUID id, String name, int age, Level level, LocalDate since, Address home, List<String> tags) {}

    private static HazelcastCluster cluster;

    @BeforeAll
    static void start() {
        cluster = HazelcastCluster.builder().members(3).start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static HazelcastClient connect() {
        return Clients.connect(cluster.addresses(), config -> config.retryInitialBackoff(Duration.ofMillis(100)));
    }

    private static Person person(int i) {
        return new Person(
                new UUID(1, i),
                "person " + i,
                20 + i % 40,
                i % 2 == 0 ? Level.JUNIOR : Level.SENIOR,
                LocalDate.of(2020, 1, 1).plusDays(i),
                new Address(i + " Main Street", i % 3 == 0 ? "Oslo" : "Bergen"),
                List.of("a" + i, "b"));
    }

    private static Map<Integer, Person> people(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> i, RealClusterSchemaIT::person));
    }

    @Test
    void records_areStoredQueriedAndReadByOthers_withoutConfiguration() {
        try (HazelcastClient writer = connect();
                HazelcastClient reader = connect()) {
            Map<Integer, Person> people = people(200);
            DistributedMap<Integer, Person> map = writer.getMap("people");
            map.putAll(people).join();

            DistributedMap<Integer, Person> same = reader.getMap("people");
            assertThat(same.getAll(people.keySet()).join()).isEqualTo(people);
            assertThat(same.values().join()).containsExactlyInAnyOrderElementsOf(people.values());
            assertThat(same.values(Predicates.equal("home.city", "Oslo")).join())
                    .hasSize(67);
            assertThat(same.keySet(Predicates.and(Predicates.less("age", 22), Predicates.equal("level", "JUNIOR")))
                            .join())
                    .containsExactlyInAnyOrder(0, 40, 80, 120, 160);
            assertThat(same.values(Predicates.equal("tags[any]", "a7")).join()).containsExactly(person(7));
            map.destroy().join();
        }
    }

    @Test
    void recordAsKey_findsItsEntry() {
        try (HazelcastClient client = connect();
                HazelcastClient other = connect()) {
            DistributedMap<Address, Integer> map = client.getMap("by-address");
            map.put(new Address("1 Main Street", "Oslo"), 1).join();

            assertThat(other.<Address, Integer>getMap("by-address")
                            .get(new Address("1 Main Street", "Oslo"))
                            .join())
                    .isEqualTo(1);
            map.destroy().join();
        }
    }

    @Test
    void clientWithoutTheClass_readsGenericRecords_andStoresThemBack() {
        try (HazelcastClient client = connect();
                HazelcastClient other =
                        Clients.connect(cluster.addresses(), config -> config.compactTypeFilter(typeName -> false))) {
            DistributedMap<Integer, Person> map = client.getMap("generic");
            map.put(1, person(1)).join();

            DistributedMap<Integer, GenericRecord> generic = other.getMap("generic");
            GenericRecord read = generic.get(1).join();
            assertThat(read.typeName()).isEqualTo(Person.class.getName());
            assertThat(read.getString("name")).isEqualTo("person 1");
            generic.put(2, read).join();
            assertThat(map.get(2).join()).isEqualTo(person(1));
            map.destroy().join();
        }
    }

    @Test
    void wholeClusterRestarts_objectsAreReadableByNewcomersAtOnce() throws Exception {
        HazelcastCluster own = HazelcastCluster.builder().members(2).start();
        try (HazelcastClient client =
                Clients.connect(own.addresses(), config -> config.retryInitialBackoff(Duration.ofMillis(100)))) {
            DistributedMap<Integer, Person> map = client.getMap("people");
            map.put(1, person(1)).join();
            int port = own.member(0).port();
            own.close();
            own = HazelcastCluster.builder().members(2).firstPort(port).start();
            map.put(1, person(2)).get(60, TimeUnit.SECONDS);

            try (HazelcastClient newcomer = Clients.connect(own.addresses())) {
                DistributedMap<Integer, Person> same = newcomer.getMap("people");
                assertThat(same.get(1).get(60, TimeUnit.SECONDS)).isEqualTo(person(2));
                assertThat(same.values(Predicates.equal("name", "person 2")).join())
                        .hasSize(1);
            }
        } finally {
            own.close();
        }
    }
}
