// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.filbert.HazelcastClient;
import io.filbert.collection.DistributedQueue;
import io.filbert.config.ClientConfig;
import io.filbert.config.ReconnectMode;
import io.filbert.error.ClientOfflineException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import io.filbert.map.EntryEvent;
import io.filbert.map.EntryListener;
import io.filbert.map.EntryView;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HazelcastMember;
import io.filbert.topic.BlockingTopic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs each example against a real member and looks at what it did. */
class ExamplesTest {

    private static HazelcastMember member;
    private static HazelcastClient client;

    @BeforeAll
    static void startMember() {
        member = HazelcastMember.start();
        client = HazelcastClient.connect(config -> config.clusterMembers(member.address()));
    }

    @AfterAll
    static void stopMember() {
        client.close();
        member.close();
    }

    @AfterEach
    void clearMaps() {
        client.getMap("personnel-map").clear().join();
        client.getMap("map").clear().join();
    }

    private static <V> DistributedMap<String, V> map() {
        return client.getMap("map");
    }

    @Test
    void personnel_firstProgram_printsWhatItPut() {
        assertThat(Printed.by(() -> Personnel.main(member.address())))
                .containsExactlyInAnyOrder("Alice is in IT department", "Bob is in IT department");
    }

    @Test
    void personnel_secondProgram_seesThePeopleOfTheFirst() {
        client.getMap("personnel-map").put("Alice", "IT").join();

        assertThat(Printed.by(() -> Personnel.addSales(client)))
                .containsExactlyInAnyOrder(
                        "Added Sales personnel. Printing all known personnel",
                        "Alice is in IT department",
                        "Denise is in Sales department",
                        "Erwing is in Sales department",
                        "Faith is in Sales department");
    }

    @Test
    void asyncCalls_program_movesAnItem() {
        assertThat(Printed.by(() -> AsyncCalls.main(member.address()))).containsExactly("item-7: 7", "Moved: true");
    }

    @Test
    void asyncCalls_pipeline_writesEverything() {
        DistributedMap<String, Integer> stock = map();

        AsyncCalls.pipeline(stock, 300);

        assertThat(stock.size().join()).isEqualTo(300);
        assertThat(stock.get("item-299").join()).isEqualTo(299);
    }

    @Test
    void asyncCalls_callback_toldOfAbsenceAndOfFailure() {
        DistributedMap<String, Integer> stock = map();
        List<String> output = new CopyOnWriteArrayList<>();

        AsyncCalls.whenThere(stock, "nothing", output::add).join();
        assertThat(output).containsExactly("nothing: none");

        output.clear();
        HazelcastClient closed = HazelcastClient.connect(config -> config.clusterMembers(member.address()));
        DistributedMap<String, Integer> unusable = closed.getMap("map");
        closed.close();
        AsyncCalls.whenThere(unusable, "bread", output::add).join();
        assertThat(output).singleElement().asString().startsWith("bread: cannot tell, ");
    }

    @Test
    void asyncCalls_moveOfNothing_isFalse() {
        assertThat(AsyncCalls.move(map(), "a", "b").join()).isFalse();
    }

    @Test
    void mapBasics_program_countsMoney() {
        assertThat(Printed.by(() -> MapBasics.main(member.address())))
                .containsExactlyInAnyOrder(
                        "Alice has 150", "Alice has 150", "Bob has 20", "Clark has 30", "All together have 200");
    }

    @Test
    void mapBasics_sessions_haveTheirTimes() {
        BlockingDistributedMap<String, String> sessions =
                ExamplesTest.<String>map().blocking();

        MapBasics.sessions(sessions);
        MapBasics.rename(sessions, "s-2", "Robert");

        assertThat(sessions.getEntryView("s-1")).returns(Duration.ofHours(1), EntryView::ttl);
        assertThat(sessions.getEntryView("s-2"))
                .returns("Robert", EntryView::value)
                .returns(Duration.ofHours(8), EntryView::ttl)
                .returns(Duration.ofMinutes(30), EntryView::maxIdle);
    }

    @Test
    void mapBasics_depositsSideBySide_loseNothing() {
        BlockingDistributedMap<String, Integer> accounts =
                ExamplesTest.<Integer>map().blocking();

        List<CompletableFuture<Void>> deposits = IntStream.range(0, 4)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 25; i++) {
                        MapBasics.deposit(accounts, "Alice", 2);
                        MapBasics.withdraw(accounts.async(), "Alice", 1).join();
                    }
                }))
                .toList();
        CompletableFuture.allOf(deposits.toArray(CompletableFuture<?>[]::new)).join();

        assertThat(accounts).contains(entry("Alice", 100));
        assertThatThrownBy(
                        () -> MapBasics.withdraw(accounts.async(), "Alice", 101).join())
                .hasRootCauseMessage("Alice has only 100");
        assertThat(MapBasics.correct(accounts, "Alice", 99, 0)).isFalse();
        assertThat(MapBasics.correct(accounts, "Alice", 100, 0)).isTrue();
        assertThat(accounts).contains(entry("Alice", 0));
    }

    @Test
    void mapBasics_views_writeThrough() {
        BlockingDistributedMap<String, Integer> accounts =
                ExamplesTest.<Integer>map().blocking();
        accounts.putAll(Map.of("Alice", 0, "Bob", 7));

        assertThat(MapBasics.closeEmptyAccounts(accounts)).isTrue();

        assertThat(accounts).containsExactly(entry("Bob", 7));
        assertThat(MapBasics.describe(accounts, "Bob"))
                .startsWith("Bob has 7, changed ")
                .endsWith("expires never");
        assertThat(MapBasics.describe(accounts, "Alice")).isNull();
    }

    @Test
    void mapBasics_walks_seeEveryEntryOnce() {
        DistributedMap<String, Integer> accounts = map();
        AsyncCalls.pipeline(accounts, 3_000);
        long expected = 2_999L * 3_000 / 2;
        List<Map.Entry<String, Integer>> exported = new ArrayList<>();

        assertThat(MapBasics.sum(accounts.blocking())).isEqualTo(expected);
        assertThat(MapBasics.sumWithoutWaiting(accounts).join()).isEqualTo(expected);
        MapBasics.export(accounts, batch -> {
                    exported.addAll(batch);
                    return CompletableFuture.completedFuture(null);
                })
                .join();
        assertThat(exported).hasSize(3_000).doesNotHaveDuplicates();
    }

    @Test
    void configuring_program_connectsAndListsMistakes() {
        assertThat(Printed.by(() -> Configuring.main(member.address())))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("orders-1 is connected"),
                        line -> assertThat(line).contains("clusterMembers", "10.0.0.1:port"),
                        line -> assertThat(line).contains("invocationTimeout"));
    }

    @Test
    void findingTheCluster_variants_areAsWritten() {
        assertThat(Printed.by(FindingTheCluster::main))
                .satisfiesExactly(
                        line -> assertThat(line).contains("(hidden)").doesNotContain("token-of"),
                        line -> assertThat(line).contains("gateway.example.org", "addressTranslator=given"),
                        line -> assertThat(line).isEqualTo("1 other cluster"));
        ClientConfig failover = FindingTheCluster.blueAndGreen();
        assertThat(failover.failover().clusters().get(0).credentials().username())
                .isEqualTo("orders");
        assertThat(failover.toString()).doesNotContain("secret");
    }

    @Test
    void configuring_variants_areAsWritten() {
        ClientConfig patient = Configuring.patient("10.0.0.1");
        assertThat(patient.reconnectMode()).isEqualTo(ReconnectMode.ON);
        assertThat(patient.retry().clusterConnectTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(patient.labels()).containsExactly("orders", "blue");
        assertThat(Configuring.sockets().network().socketOptions()).hasSize(2);
        try (HazelcastClient inline = Configuring.inline(member.address())) {
            assertThat(inline.lifecycleService().isRunning()).isTrue();
        }
    }

    @Test
    void errors_program_storesAndReads() {
        assertThat(Printed.by(() -> ErrorsAndDeadlines.main(member.address())))
                .containsExactly("Stored: true", "Bread costs 3.20");
    }

    @Test
    void errors_silentMember_endByTheirDeadline() {
        BlockingDistributedMap<String, String> prices =
                ExamplesTest.<String>map().blocking();
        prices.set("bread", "3.20");
        member.suspend();
        try {
            assertThat(ErrorsAndDeadlines.priceOr(prices, "bread", () -> "no idea"))
                    .isEqualTo("no idea");
            assertThat(ErrorsAndDeadlines.storeAsync(
                                    prices.async().withDeadline(Duration.ofMillis(300)), "bread", "3.30")
                            .join())
                    .isEqualTo("perhaps stored");
            assertThatThrownBy(() ->
                            ErrorsAndDeadlines.store(prices.withDeadline(Duration.ofMillis(300)), "bread", "3.40"))
                    .as("reading back fails as well")
                    .isInstanceOf(OperationTimeoutException.class);
        } finally {
            member.resume();
        }
        assertThat(ErrorsAndDeadlines.store(prices, "bread", "3.50")).isTrue();
        assertThat(ErrorsAndDeadlines.storeAsync(prices.async(), "bread", "3.60")
                        .join())
                .isEqualTo("stored");
        assertThat(ErrorsAndDeadlines.firstAnswer(prices.async(), "bread")).isEqualTo("3.60");
    }

    @Test
    void errors_interruptedThread_abandonsItsCall() {
        DistributedMap<String, String> prices = map();
        prices.set("bread", "3.20").join();

        Thread.currentThread().interrupt();
        try {
            assertThat(ErrorsAndDeadlines.firstAnswer(prices, "bread")).isNull();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void watching_lifeOfAClient_isTold() {
        List<String> log = new CopyOnWriteArrayList<>();
        try (HazelcastClient watched = Watching.watched(log::add, member.address())) {
            Watching.listAndWatch(watched, log::add);
            Eventually.passes(() -> assertThat(log)
                    .contains("Joined: " + member.address(), member.address() + " runs " + member.version())
                    .containsSubsequence("The client is STARTING", "The client is STARTED", "The client is CONNECTED"));
        }
        Eventually.passes(() -> assertThat(log)
                .containsSubsequence("The client is SHUTTING_DOWN", "The client is SHUTDOWN")
                .noneMatch(line -> line.startsWith("Now ")));
    }

    @Test
    void watching_program_runs() {
        assertThat(Printed.by(() -> Watching.main(member.address()))).contains("Running: true");
    }

    @Test
    void whereKeysLive_singleMember_ownsAllKeys() {
        client.getMap("map").put("Alice", "IT").join();

        Eventually.passes(() -> assertThat(WhereKeysLive.ownerOf(client, "Alice"))
                .hasValueSatisfying(
                        owner -> assertThat(owner.address().toString()).isEqualTo(member.address())));
        assertThat(Printed.by(() -> WhereKeysLive.main(member.address())))
                .hasSize(3)
                .first()
                .asString()
                .startsWith("Alice: Member [127.0.0.1]:" + member.port());
    }

    @Test
    void timeouts_memberThere_connects() {
        client.getMap("personnel-map").put("Alice", "IT").join();
        try (HazelcastClient connected = Timeouts.connectOrNot(member.address()).orElseThrow()) {
            assertThat(Timeouts.lookUp(connected, "Alice")).isEqualTo("IT");
            assertThat(Timeouts.lookUp(connected, "Zoe")).isEqualTo("nobody we know");
        }
    }

    @Test
    void timeouts_nobodyThere_isEmptyOrOffline() throws IOException {
        String address = "127.0.0.1:" + unusedPort();

        assertThat(Timeouts.connectOrNot(address)).isEmpty();
        try (HazelcastClient offline = Timeouts.startAtOnce(address)) {
            assertThatThrownBy(() -> offline.getMap("personnel-map")).isInstanceOf(ClientOfflineException.class);
            assertThat(Timeouts.lookUp(offline, "Alice")).isEqualTo("cannot tell now");
        }
    }

    @Test
    void mapEvents_listener_toldOfChanges() {
        List<String> log = new CopyOnWriteArrayList<>();
        BlockingDistributedMap<String, String> customers =
                ExamplesTest.<String>map().blocking();
        UUID registration = MapEvents.watchCustomers(customers, log::add);
        customers.put("4", "Jane Doe");
        customers.clear();

        Eventually.passes(() -> assertThat(log).containsExactly("Entry added: 4-Jane Doe", "Map cleared: 1"));
        assertThat(customers.removeEntryListener(registration)).isTrue();
    }

    @Test
    void mapEvents_listenerForOneKind_isCalledForThatKind() {
        List<String> log = new CopyOnWriteArrayList<>();
        BlockingDistributedMap<String, String> customers =
                ExamplesTest.<String>map().blocking();
        MapEvents.watchNewOnes(customers, log::add);
        customers.put("4", "Jane Doe");
        customers.put("4", "Jane Roe");
        customers.put("5", "Joe Doe");

        Eventually.passes(() -> assertThat(log).contains("New: 5"));
        assertThat(log).containsExactlyInAnyOrder("New: 4", "New: 5");
    }

    @Test
    void mapEvents_forms_eachHearTheirOwn() {
        BlockingDistributedMap<String, Integer> stock =
                client.<String, Integer>getMap("stock").blocking();
        List<String> heard = new CopyOnWriteArrayList<>();
        MapEvents.watchSome(stock, new EntryListener<>() {
            @Override
            public void entryAdded(EntryEvent<String, Integer> event) {
                heard.add(event.key() + "=" + event.value());
            }
        });
        stock.put("bread", 20);
        stock.put("milk", 5);
        stock.put("salt", 50);
        stock.remove("bread");
        stock.put("bread", 3);

        Eventually.passes(() ->
                assertThat(heard).containsExactlyInAnyOrder("bread=20", "milk=5", "bread=3", "bread=3", "bread=3"));
        stock.destroy();
    }

    @Test
    void mapEvents_objects_comeAndGo() {
        List<String> log = new CopyOnWriteArrayList<>();
        UUID registration = MapEvents.watchObjects(client, log::add);
        Eventually.passes(() -> assertThat(log).containsExactly("test-map hz:impl:mapService CREATED"));
        List<String> objects = new ArrayList<>();
        MapEvents.list(client, objects::add);
        assertThat(objects).contains("DistributedMap(name=\"test-map\")");

        client.getMap("test-map").destroy().join();
        Eventually.passes(() -> assertThat(log)
                .containsExactly("test-map hz:impl:mapService CREATED", "test-map hz:impl:mapService DESTROYED"));
        assertThat(client.removeDistributedObjectListener(registration).join()).isTrue();
    }

    @Test
    void workQueue_jobs_reachTheConsumerInOrder() throws InterruptedException {
        List<String> log = new CopyOnWriteArrayList<>();
        List<String> done = new ArrayList<>();
        DistributedQueue<String> queue = client.getQueue("jobs");
        WorkQueue.watch(queue, log::add).join();

        WorkQueue.produce(client, 3);
        assertThat(WorkQueue.offerOrNot(queue, "job-3").join()).isTrue();
        WorkQueue.consume(client, done::add);

        assertThat(done).containsExactly("job-0", "job-1", "job-2", "job-3");
        Eventually.passes(
                () -> assertThat(log).hasSize(8).startsWith("Came: job-0").endsWith("Went: job-3"));
        queue.destroy().join();
    }

    @Test
    void news_publish_reachesTheListeners() {
        List<String> log = new CopyOnWriteArrayList<>();
        List<String> timed = new CopyOnWriteArrayList<>();
        BlockingTopic<String> news = client.<String>getTopic("news").blocking();
        News.listen(news, timed::add);
        News.publish(client, log::add);

        Eventually.passes(
                () -> assertThat(log).containsSubsequence("Hello to everybody who listens now", "first", "second"));
        Eventually.passes(() -> assertThat(timed).hasSize(3).last().asString().endsWith("Z second"));
        news.destroy();
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
