// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.testkit.Eventually;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do everything wrong, one thing each, and must be found out. */
@Timeout(30)
class RecordedLoadTest {

    private static final Duration DEADLINE = Duration.ofMillis(300);
    private static final Duration SLACK = Duration.ofMillis(300);

    private static boolean isNumber(String text, int divisor) {
        return Integer.parseInt(text.substring(text.indexOf('-') + 1)) % divisor == 0;
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
            Figure.LAST_MESSAGES_MISSED
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
                return key.equals("written-3")
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
        assertThat(report.failures()).contains("thrown at once").contains("no written-#");
        assertThat(report.get(Figure.LOST_WRITES))
                .as("nobody acknowledged them")
                .isZero();
    }

    @Test
    void acknowledgedWritesThatAreNotThere_areLost() throws InterruptedException {
        FaultReport report = run(new MyClient() {
            @Override
            public CompletionStage<?> write(String key, String value) {
                return key.equals("written-5") ? CompletableFuture.completedFuture(null) : super.write(key, value);
            }
        });
        assertThat(report.get(Figure.LOST_WRITES)).isEqualTo(1);
        assertThat(report.failures()).contains("lost: [written-5]");
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
                if (message.equals("message-10") || message.equals("last-0")) {
                    return CompletableFuture.completedFuture(null);
                }
                if (message.equals("message-20")) {
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
    void futuresThatCallBackTwice_areFound() {
        Call call = new Call(Call.Kind.WRITE, "written-1", System.nanoTime());
        call.accept(null, null);
        assertThat(call.endedTwice()).isFalse();
        call.accept(null, new IllegalStateException("and again"));
        assertThat(call.endedTwice()).isTrue();
        assertThat(call.succeeded()).as("the first end counts").isTrue();
    }
}
