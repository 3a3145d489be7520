// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filbert.HazelcastClient;
import io.filbert.error.OperationTimeoutException;
import io.filbert.it.support.Clients;
import io.filbert.it.support.OfficialClient;
import io.filbert.it.support.OnSharedCluster;
import io.filbert.it.support.SharedCluster;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import io.filbert.map.EntryView;
import io.filbert.map.Expiry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What each write makes of the time to live and the idle time of an entry, as the Javadoc of {@link DistributedMap} says. An idle time could
 * not be given once while the time to live stayed as configured, and nothing said that a write without ttl ends the ttl.
 */
@Timeout(60)
final class ExpiryOfWritesIT extends OnSharedCluster {

    private static final Duration TTL = Duration.ofMinutes(45);
    private static final Duration IDLE = Duration.ofMinutes(15);

    /** What maps named so are configured with. */
    private static final Duration CONFIGURED_TTL = Duration.ofHours(1);

    private static final Duration CONFIGURED_IDLE = Duration.ofMinutes(30);

    private final BlockingDistributedMap<String, Integer> map =
            OnSharedCluster.<String, Integer>newMap(SharedCluster.EXPIRING).blocking();

    private static void expect(BlockingDistributedMap<String, Integer> map, String what, Duration ttl, Duration idle) {
        EntryView<String, Integer> view = Objects.requireNonNull(map.getEntryView("k"));
        assertThat(view.ttl()).as("ttl after " + what).isEqualTo(ttl);
        assertThat(view.maxIdle()).as("idle time after " + what).isEqualTo(idle);
    }

    private static Map<String, BiConsumer<DistributedMap<String, Integer>, Expiry>> writesWithExpiry() {
        Map<String, BiConsumer<DistributedMap<String, Integer>, Expiry>> writes = new LinkedHashMap<>();
        writes.put("put", (map, expiry) -> map.put("k", 2, expiry).join());
        writes.put("set", (map, expiry) -> map.set("k", 2, expiry).join());
        writes.put(
                "putTransient",
                (map, expiry) -> map.putTransient("k", 2, expiry).join());
        writes.put(
                "compute",
                (map, expiry) -> map.compute("k", (k, v) -> 2, expiry).join());
        writes.put("blocking put", (map, expiry) -> map.blocking().put("k", 2, expiry));
        writes.put("blocking set", (map, expiry) -> map.blocking().set("k", 2, expiry));
        writes.put("blocking putTransient", (map, expiry) -> map.blocking().putTransient("k", 2, expiry));
        writes.put("blocking compute", (map, expiry) -> map.blocking().compute("k", (k, v) -> 2, expiry));
        return writes;
    }

    @Test
    void eachPartOfAnExpiry_isAsConfigured_none_orADuration() {
        writesWithExpiry().forEach((what, write) -> {
            for (boolean present : List.of(true, false)) {
                Runnable begin = () -> {
                    map.delete("k");
                    if (present) {
                        map.set("k", 1, TTL.dividedBy(2), IDLE.dividedBy(2));
                    }
                };
                begin.run();
                write.accept(map.async(), Expiry.asConfigured());
                expect(map, what, CONFIGURED_TTL, CONFIGURED_IDLE);
                begin.run();
                write.accept(map.async(), Expiry.ofTtl(TTL));
                expect(map, what, TTL, CONFIGURED_IDLE);
                begin.run();
                write.accept(map.async(), Expiry.ofMaxIdle(IDLE));
                expect(map, what, CONFIGURED_TTL, IDLE);
                begin.run();
                write.accept(map.async(), Expiry.ofTtl(TTL).withMaxIdle(IDLE));
                expect(map, what, TTL, IDLE);
                begin.run();
                write.accept(map.async(), Expiry.none());
                expect(map, what, Duration.ZERO, Duration.ZERO);
                begin.run();
                write.accept(map.async(), Expiry.asConfigured().withoutTtl());
                expect(map, what, Duration.ZERO, CONFIGURED_IDLE);
            }
        });
    }

    @Test
    void putIfAbsent_setsTheExpiry_onlyIfItPuts() {
        assertThat(map.putIfAbsent("k", 1, Expiry.ofMaxIdle(IDLE))).isNull();
        expect(map, "putIfAbsent", CONFIGURED_TTL, IDLE);
        assertThat(map.putIfAbsent("k", 2, Expiry.ofTtl(TTL))).isEqualTo(1);
        expect(map, "putIfAbsent of a key that has a value", CONFIGURED_TTL, IDLE);
        map.delete("k");
        assertThat(map.async()
                        .putIfAbsent("k", 1, Expiry.ofTtl(TTL).withoutMaxIdle())
                        .join())
                .isNull();
        expect(map, "putIfAbsent", TTL, Duration.ZERO);
    }

    /** The whole table of docs/map.md. */
    @Test
    void writesWithoutExpiry_endWhatTheEntryHad() {
        BlockingDistributedMap<String, Integer> plain =
                OnSharedCluster.<String, Integer>newMap().blocking();
        Map<String, Consumer<BlockingDistributedMap<String, Integer>>> writes = new LinkedHashMap<>();
        writes.put("put", m -> m.put("k", 2));
        writes.put("set", m -> m.set("k", 2));
        writes.put("putTransient", m -> m.putTransient("k", 2));
        writes.put("tryPut", m -> m.tryPut("k", 2, Duration.ZERO));
        writes.put("putAll", m -> m.putAll(Map.of("k", 2)));
        writes.put("setAll", m -> m.setAll(Map.of("k", 2)));
        writes.put("replace", m -> m.replace("k", 2));
        writes.put("replaceIfSame", m -> m.replaceIfSame("k", 1, 2));
        writes.put("compute", m -> m.compute("k", (k, v) -> 2));
        writes.put("computeIfPresent", m -> m.computeIfPresent("k", (k, v) -> 2));
        writes.put("merge", m -> m.merge("k", 1, Integer::sum));
        writes.put("replaceAll", m -> m.replaceAll((k, v) -> 2));
        writes.put("setValue", m -> m.entrySet().iterator().next().setValue(2));
        writes.forEach((what, write) -> {
            plain.set("k", 1, TTL, IDLE);
            write.accept(plain);
            assertThat(plain.get("k")).as(what).isEqualTo(2);
            expect(plain, what, Duration.ZERO, Duration.ZERO);
            map.set("k", 1, TTL, IDLE);
            write.accept(map);
            assertThat(map.get("k")).as(what).isEqualTo(2);
            expect(map, what, CONFIGURED_TTL, CONFIGURED_IDLE);
        });
    }

    @Test
    void writesWithATtlAlone_setTheIdleTimeToTheConfiguredOne() {
        map.set("k", 1, TTL, IDLE);
        map.set("k", 2, TTL);
        expect(map, "set with a ttl", TTL, CONFIGURED_IDLE);
        map.set("k", 1, TTL, IDLE);
        map.setTtl("k", TTL.dividedBy(3));
        expect(map, "setTtl", TTL.dividedBy(3), CONFIGURED_IDLE);
    }

    // ---- keeping it

    @Test
    void keepingExpiry_keepsBothTimes() {
        Map<String, Consumer<DistributedMap<String, Integer>>> writes = new LinkedHashMap<>();
        writes.put("setKeepingExpiry", m -> m.setKeepingExpiry("k", 2).join());
        writes.put(
                "computeKeepingExpiry",
                m -> m.computeKeepingExpiry("k", (k, v) -> 2).join());
        writes.put("blocking setKeepingExpiry", m -> m.blocking().setKeepingExpiry("k", 2));
        writes.put("blocking computeKeepingExpiry", m -> m.blocking().computeKeepingExpiry("k", (k, v) -> 2));
        writes.forEach((what, write) -> {
            for (Expiry expiry : List.of(
                    Expiry.ofTtl(TTL).withMaxIdle(IDLE),
                    Expiry.none(),
                    Expiry.none().withTtl(TTL),
                    Expiry.none().withMaxIdle(IDLE))) {
                map.set("k", 1, expiry);
                write.accept(map.async());
                assertThat(map.get("k")).as(what).isEqualTo(2);
                expect(map, what, Objects.requireNonNull(expiry.ttl()), Objects.requireNonNull(expiry.maxIdle()));
            }
            map.delete("k");
            write.accept(map.async());
            expect(map, what + " of a new key", CONFIGURED_TTL, CONFIGURED_IDLE);
        });
    }

    @Test
    void lockedWrites_leaveNoLock() {
        try (OfficialClient official = OfficialClient.connect(SharedCluster.get())) {
            var witness = official.<String, Integer>map(map.name());
            map.set("k", 1, TTL);
            map.setKeepingExpiry("k", 2);
            assertThat(witness.isLocked("k")).isFalse();
            map.async().compute("k", (key, value) -> 3, Expiry.none()).join();
            assertThat(witness.isLocked("k")).isFalse();
            IllegalStateException mine = new IllegalStateException("mine");
            assertThat(catchThrowable(() -> map.computeKeepingExpiry("k", (key, value) -> {
                        assertThat(witness.isLocked("k")).isTrue();
                        throw mine;
                    })))
                    .isSameAs(mine);
            assertThat(witness.isLocked("k")).isFalse();
            assertThatThrownBy(() -> map.async()
                            .computeKeepingExpiry("k", (key, value) -> {
                                throw mine;
                            })
                            .join())
                    .hasCause(mine);
            assertThat(witness.isLocked("k")).isFalse();
            assertThat(map.computeKeepingExpiry("k", (key, value) -> null)).isNull();
            assertThat(map.containsKey("k")).isFalse();
            assertThat(witness.isLocked("k")).isFalse();
        }
    }

    @Test
    void keyLockedByOthers_callsWait_andEndByTheirDeadline() throws Exception {
        try (OfficialClient official = OfficialClient.connect(SharedCluster.get())) {
            var other = official.<String, Integer>map(map.name());
            map.set("k", 1, TTL);
            other.lock("k");
            DistributedMap<String, Integer> hasty = map.async().withDeadline(Duration.ofMillis(600));
            for (Throwable failure : List.of(
                    catchThrowable(() -> hasty.setKeepingExpiry("k", 2).join()),
                    catchThrowable(() -> hasty.blocking().computeKeepingExpiry("k", (key, value) -> 2)))) {
                assertThat(failure instanceof CompletionException ? failure.getCause() : failure)
                        .isInstanceOf(OperationTimeoutException.class)
                        .hasMessageContaining("stayed locked by somebody else");
            }
            CompletableFuture<Void> waiting = map.async().setKeepingExpiry("k", 5);
            assertThat(map.get("k")).isEqualTo(1);
            other.unlock("k");
            waiting.get(20, TimeUnit.SECONDS);
            assertThat(map.get("k")).isEqualTo(5);
            expect(map, "setKeepingExpiry", TTL, CONFIGURED_IDLE);
            assertThat(other.isLocked("k")).isFalse();
        }
    }

    @Test
    void sideBySide_noChangeIsLost() throws Exception {
        map.set("k", 0, TTL);
        CompletableFuture<?>[] calls = new CompletableFuture<?>[60];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = i % 2 == 0
                    ? map.async().computeKeepingExpiry("k", (key, value) -> value + 1)
                    : map.async().compute("k", (key, value) -> value + 1, Expiry.ofTtl(TTL));
        }
        for (int i = 0; i < 20; i++) {
            map.computeKeepingExpiry("k", (key, value) -> value + 1);
        }
        CompletableFuture.allOf(calls).get(50, TimeUnit.SECONDS);
        assertThat(map.get("k")).isEqualTo(80);
        expect(map, "all of them", TTL, CONFIGURED_IDLE);
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void nullExpiry_isRefused() {
        assertThatThrownBy(() -> map.put("k", 1, (Expiry) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("expiry");
        assertThatThrownBy(() -> map.async().set("k", 1, (Expiry) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("expiry");
        assertThatThrownBy(() -> map.compute("k", (key, value) -> 1, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("expiry");
        assertThatThrownBy(() -> map.async().compute("k", (key, value) -> 1, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("expiry");
    }

    /** They waited for stages on the callback executor, with the key locked: for as long as that was busy, whatever the deadline. */
    @Test
    void blockingUpdates_callbackExecutorNeverRuns_endAndUnlockTheKey() {
        try (HazelcastClient other =
                Clients.connect(SharedCluster.get().addresses(), config -> config.callbackExecutor(task -> {}))) {
            String name = newMap().name();
            BlockingDistributedMap<String, Integer> map =
                    other.<String, Integer>getMap(name).blocking().withDeadline(Duration.ofSeconds(20));
            map.put("k", 1);

            map.setKeepingExpiry("k", 2);
            assertThat(map.computeKeepingExpiry("k", (key, value) -> value + 1)).isEqualTo(3);
            assertThat(map.compute("k", (key, value) -> value + 1, Expiry.ofTtl(Duration.ofMinutes(5))))
                    .isEqualTo(4);
            assertThat(map.compute("k", (key, value) -> null, Expiry.ofTtl(Duration.ofMinutes(5))))
                    .isNull();
            assertThat(map.merge("k", 5, Integer::sum)).isEqualTo(5);
            map.replaceAll((key, value) -> value + 1);

            assertThat(map.get("k")).isEqualTo(6);
            try (OfficialClient official = OfficialClient.connect(SharedCluster.get())) {
                assertThat(official.map(name).isLocked("k")).isFalse();
            }
        }
    }
}
