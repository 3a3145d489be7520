// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.testkit.Eventually;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do everything wrong, one thing each, and must be found out. */
@Timeout(30)
class RecordedLoadTest {

    private static final Duration DEADLINE = Duration.ofMillis(300);
    private static final Duration SLACK = Duration.ofMillis(300);

    private static boolean isNumber(String text, int divisor) {
        return Integer.parseInt(text.substring(text.lastIndexOf('-') + 1)) % divisor == 0;
    }

    private static FaultReport run(ClientUnderTest client) throws InterruptedException {
        RecordedLoad load = new RecordedLoad(client, DEADLINE, SLACK);
        load.begin();
        Eventually.passes(() -> assertThat(load.callsStarted()).isGreaterThan(60));
        return load.finish(Duration.ZERO, true);
    }

    @Test
    void honestClient_hasNothingToBeSaidAgainst() throws InterruptedException {
        RecordedLoad load = new RecordedLoad(new MyClient(), DEADLINE, SLACK);
        load.begin();
        Eventually.passes(() -> assertThat(load.isWell()).isTrue());
        load.healed();
        assertThat(load.isWell()).as("well since a moment ago").isFalse();
        Eventually.passes(() -> assertThat(load.isWell()).isTrue());
        FaultReport report = load.finish(Duration.ZERO, true);
        assertThat(report.get(Figure.CALLS)).isGreaterThan(100).isEqualTo(report.get(Figure.SUCCEEDED));
        for (Figure figure : new Figure[] {
            Figure.FAILED,
            Figure.HUNG,
            Figure.ENDED_TWICE,
            Figure.FOUND_NOTHING,
            Figure.LOST_WRITES,
            Figure.WELL_AGAIN,
            Figure.MESSAGES_MISSED,
            Figure.MESSAGES_TWICE,
            Figure.LAST_MESSAGES_MISSED,
            Figure.EVENTS_MISSED,
            Figure.EVENTS_TWICE,
            Figure.LAST_EVENTS_MISSED
        }) {
            assertThat(report.get(figure)).as(figure + " of " + report).isZero();
        }
        assertThat(report.get(Figure.FIRST_SUCCESS)).isBetween(0L, 1_000L);
        assertThat(report.failures()).isEmpty();
        assertThat(FaultReport.parse(report.format())).isEqualTo(report);
    }

    @Test
    void callsThatNeverEnd_areHung() throws InterruptedException {
        FaultReport report = run(new MyClient() {
            @Override
            public CompletionStage<@Nullable String> read(String key) {
                return isNumber(key, 7) ? new CompletableFuture<>() : super.read(key);
            }
        });
        assertThat(report.get(Figure.HUNG)).isPositive();
        assertThat(report.get(Figure.FAILED)).isZero();
        assertThat(report.get(Figure.LOST_WRITES))
                .as("what cannot be read counts as lost")
                .isPositive();
    }

    @Test
    void callsThatEndTooLate_areHung() throws InterruptedException {
        FaultReport report = run(new MyClient() {
            @Override
            public CompletionStage<?> write(String key, String value) {
                CompletionStage<?> done = super.write(key, value);
                return key.endsWith("written-3")
                        ? CompletableFuture.supplyAsync(
                                () -> "late",
                                CompletableFuture.delayedExecutor(
                                        DEADLINE.plus(SLACK).toMillis() + 50, TimeUnit.MILLISECONDS))
                        : done;
            }
        });
        assertThat(report.get(Figure.HUNG)).isEqualTo(1);
        assertThat(report.get(Figure.SLOWEST_CALL))
                .isGreaterThanOrEqualTo(DEADLINE.plus(SLACK).toMillis());
    }

    @Test
    void callsThatThrow_orFail_areFailed_andTold() throws InterruptedException {
        FaultReport report = run(new MyClient() {
            @Override
            public CompletionStage<?> publish(String message) {
                throw new IllegalStateException("thrown at once");
            }

            @Override
            public CompletionStage<?> write(String key, String value) {
                return isNumber(key, 2)
                        ? CompletableFuture.failedFuture(new IllegalStateException("no " + key))
                        : super.write(key, value);
            }
        });
        assertThat(report.get(Figure.FAILED)).isPositive();
        assertThat(report.get(Figure.WELL_AGAIN)).isNotZero();
        assertThat(report.failures()).contains("thrown at once").contains("no #-written-#");
        assertThat(report.get(Figure.LOST_WRITES))
                .as("nobody acknowledged them")
                .isZero();
    }

    @Test
    void acknowledgedWritesThatAreNotThere_areLost() throws InterruptedException {
        FaultReport report = run(new MyClient() {
            @Override
            public CompletionStage<?> write(String key, String value) {
                return key.endsWith("written-5") ? CompletableFuture.completedFuture(null) : super.write(key, value);
            }
        });
        assertThat(report.get(Figure.LOST_WRITES)).isEqualTo(1);
        assertThat(report.failures()).containsPattern("lost: \\[\\d+-written-5]");
    }

    @Test
    void readsOfSomethingElse_fail_andReadsOfNothingAreCounted() throws InterruptedException {
        FaultReport report = run(new MyClient() {
            @Override
            public CompletionStage<@Nullable String> read(String key) {
                return CompletableFuture.completedFuture(isNumber(key, 2) ? null : "something else");
            }
        });
        assertThat(report.get(Figure.FOUND_NOTHING)).isPositive();
        assertThat(report.get(Figure.FAILED)).isPositive();
    }

    @Test
    void messagesHeardTwice_orNever_areCounted() throws InterruptedException {
        FaultReport report = run(new MyClient() {
            @Override
            public CompletionStage<?> publish(String message) {
                if (message.endsWith("message-10") || message.endsWith("last-0")) {
                    return CompletableFuture.completedFuture(null);
                }
                if (message.endsWith("message-20")) {
                    listener.accept(message);
                }
                return super.publish(message);
            }
        });
        assertThat(report.get(Figure.MESSAGES_MISSED)).isEqualTo(1);
        assertThat(report.get(Figure.MESSAGES_TWICE)).isEqualTo(1);
        assertThat(report.get(Figure.LAST_MESSAGES_MISSED)).isEqualTo(1);
    }

    @Test
    void entriesHeardTwice_orNever_areCounted() throws InterruptedException {
        FaultReport report = run(new MyClient() {
            @Override
            public CompletionStage<?> write(String key, String value) {
                if (key.endsWith("written-10") || key.endsWith("last-0")) {
                    entries.put(key, value);
                    return CompletableFuture.completedFuture(null);
                }
                if (key.endsWith("written-20")) {
                    entryListener.accept(key);
                }
                return super.write(key, value);
            }
        });
        assertThat(report.get(Figure.EVENTS_MISSED)).isEqualTo(1);
        assertThat(report.get(Figure.EVENTS_TWICE)).isEqualTo(1);
        assertThat(report.get(Figure.LAST_EVENTS_MISSED)).isEqualTo(1);
        assertThat(report.get(Figure.LAST_MESSAGES_MISSED)).isZero();
    }

    @Test
    void entriesThatNobodyAcknowledged_areNotMissed() throws InterruptedException {
        FaultReport report = run(new MyClient() {
            @Override
            public CompletionStage<?> write(String key, String value) {
                return key.endsWith("written-10")
                        ? CompletableFuture.failedFuture(new IllegalStateException("no " + key))
                        : super.write(key, value);
            }
        });
        assertThat(report.get(Figure.FAILED)).isEqualTo(1);
        assertThat(report.get(Figure.EVENTS_MISSED)).isZero();
    }

    @Test
    void clientThatHearsNothing_isNotWell() throws InterruptedException {
        RecordedLoad load = new RecordedLoad(
                new MyClient() {
                    @Override
                    public void listenToEntries(Consumer<String> newListener) {}
                },
                DEADLINE,
                SLACK);
        load.begin();
        Eventually.passes(() -> assertThat(load.callsStarted()).isGreaterThan(400));
        assertThat(load.isWell()).isFalse();
        assertThat(load.finish(Duration.ZERO, true).get(Figure.EVENTS_MISSED)).isPositive();
    }

    @Test
    void secondLoadOnTheSameEntries_writesOthers() throws InterruptedException {
        MyClient client = new MyClient();
        FaultReport first = run(client);
        FaultReport second = run(client);
        assertThat(first.get(Figure.EVENTS_MISSED)).isZero();
        assertThat(second.get(Figure.EVENTS_MISSED)).isZero();
        assertThat(second.get(Figure.LAST_EVENTS_MISSED)).isZero();
    }

    @Test
    void futuresThatCallBackTwice_areFound() {
        Call call = new Call(Call.Kind.WRITE, "written-1", System.nanoTime());
        call.accept(null, null);
        assertThat(call.endedTwice()).isFalse();
        call.accept(null, new IllegalStateException("and again"));
        assertThat(call.endedTwice()).isTrue();
        assertThat(call.succeeded()).as("the first end counts").isTrue();
    }
}
