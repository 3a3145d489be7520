// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import io.filbert.testkit.faults.Call.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes, reads and publishes at an even pace, whatever becomes of the calls, and remembers each, and what listeners hear of them. Every
 * write has a key of its own, which no other load on the same members has either, and is never repeated by the load: an acknowledged one
 * that cannot be read back is lost beyond doubt, and each is heard once, because it adds an entry. Reads ask for writes acknowledged
 * before. The pace does not depend on answers: a client that answers late is not asked less.
 *
 * <p>A thread of its own starts the calls; the methods are for one other thread.
 */
final class RecordedLoad {

    private static final Duration TURN = Duration.ofMillis(10);
    private static final int TURNS_PER_MESSAGE = 5;
    private static final int CHECKED_AT_ONCE = 200;
    private static final int CHECKING_ATTEMPTS = 3;
    private static final int LAST_CALLS = 20;

    /** How long hearing a second time may take to show. */
    private static final Duration ECHO = Duration.ofMillis(300);

    /** The load is well if all calls of so much time, which ended a moment ago, have succeeded. */
    private static final Duration WELL_FOR = Duration.ofMillis(700);

    private static final Duration MOMENT = Duration.ofMillis(300);

    private final int run = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
    private final ClientUnderTest client;
    private final Duration callDeadline;
    private final Duration slack;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final ListenerLog messages = new ListenerLog(Kind.PUBLISH);
    private final ListenerLog events = new ListenerLog(Kind.WRITE);
    private final Thread pacer = new Thread(this::pace, "load");
    private volatile boolean stopped;
    private volatile @Nullable Call lastAcknowledged;
    private long healedNanos;

    RecordedLoad(ClientUnderTest client, Duration callDeadline, Duration slack) {
        this.client = client;
        this.callDeadline = callDeadline;
        this.slack = slack;
        pacer.setDaemon(true);
    }

    /** Starts calling. */
    void begin() {
        client.listen(messages);
        client.listenToEntries(events);
        healedNanos = System.nanoTime();
        pacer.start();
    }

    /** The fault is over, as far as anybody can mend it from outside the client. */
    void healed() {
        healedNanos = System.nanoTime();
    }

    int callsStarted() {
        return calls.size();
    }

    private void pace() {
        long begin = System.nanoTime();
        for (int turn = 0; !stopped; turn++) {
            // After a pause of the whole process the missed turns are not made up for.
            long due = Math.max(begin + turn * TURN.toNanos(), System.nanoTime() - TURN.toNanos());
            begin = due - turn * TURN.toNanos();
            while (!stopped && due - System.nanoTime() > 0) {
                LockSupport.parkNanos(this, due - System.nanoTime());
            }
            turn(turn);
        }
    }

    private void turn(int turn) {
        write(name("written", turn));
        Call known = lastAcknowledged;
        if (known != null) {
            start(new Call(Kind.READ, known.text, System.nanoTime()), () -> client.read(known.text));
        }
        if (turn % TURNS_PER_MESSAGE == 0) {
            publish(name("message", turn));
        }
    }

    private String name(String what, int number) {
        return run + "-" + what + "-" + number;
    }

    private Call write(String text) {
        Call call = new Call(Kind.WRITE, text, System.nanoTime());
        start(
                call,
                () -> client.write(text, text).whenComplete((done, failure) -> {
                    if (failure == null) {
                        lastAcknowledged = call;
                    }
                }));
        return call;
    }

    private Call publish(String message) {
        Call call = new Call(Kind.PUBLISH, message, System.nanoTime());
        start(call, () -> client.publish(message));
        return call;
    }

    private void start(Call call, Supplier<CompletionStage<?>> starter) {
        calls.add(call);
        try {
            starter.get().whenComplete(call);
        } catch (RuntimeException e) {
            call.accept(null, e);
        }
    }

    /** Whether everything since the fault was healed, and at least what was called in the last second, went well. */
    boolean isWell() {
        long until = System.nanoTime() - MOMENT.toNanos();
        long from = until - WELL_FOR.toNanos();
        if (from - healedNanos < 0) {
            return false;
        }
        List<Call> recent = calls.stream()
                .filter(call -> call.startNanos - from >= 0 && call.startNanos - until < 0)
                .toList();
        return !recent.isEmpty()
                && recent.stream().allMatch(call -> call.succeeded() && !messages.lacks(call) && !events.lacks(call));
    }

    /**
     * Stops calling, waits for the calls under way, reads back what was acknowledged, and makes some last calls.
     *
     * @param allowance how much later than their deadline calls may have ended because the process itself was stopped
     * @param dataSurvives whether writes acknowledged before the fault was healed must be there
     */
    FaultReport finish(Duration allowance, boolean dataSurvives) throws InterruptedException {
        stopped = true;
        pacer.join();
        Duration limit = callDeadline.plus(slack).plus(allowance);
        await(limit, () -> calls.stream().allMatch(Call::hasEnded));
        long endNanos = System.nanoTime();
        List<Call> recorded = List.copyOf(calls);
        List<String> missing = missing(recorded, dataSurvives);
        List<Call> last = lastCalls();
        return new Reckoning(recorded, last, messages, events, missing, healedNanos, endNanos, limit).report();
    }

    private List<String> missing(List<Call> recorded, boolean dataSurvives) throws InterruptedException {
        List<String> open = new ArrayList<>();
        for (Call call : recorded) {
            if (call.kind == Kind.WRITE && call.succeeded() && (dataSurvives || call.startNanos - healedNanos >= 0)) {
                open.add(call.text);
            }
        }
        for (int attempt = 0; attempt < CHECKING_ATTEMPTS && !open.isEmpty(); attempt++) {
            List<String> notFound = new ArrayList<>();
            for (int from = 0; from < open.size(); from += CHECKED_AT_ONCE) {
                notFound.addAll(notFound(open.subList(from, Math.min(from + CHECKED_AT_ONCE, open.size()))));
            }
            open = notFound;
        }
        return open;
    }

    private List<String> notFound(Collection<String> keys) throws InterruptedException {
        List<Call> reads = new ArrayList<>();
        for (String key : keys) {
            Call read = new Call(Kind.READ, key, System.nanoTime());
            reads.add(read);
            client.read(key).whenComplete(read);
        }
        await(callDeadline.plus(slack), () -> reads.stream().allMatch(Call::hasEnded));
        return reads.stream()
                .filter(read -> !read.succeeded() || read.foundNothing())
                .map(read -> read.text)
                .toList();
    }

    /** Messages that must arrive and entries that must be heard of, each once: the client has recovered by now. */
    private List<Call> lastCalls() throws InterruptedException {
        List<Call> last = new ArrayList<>();
        for (int i = 0; i < LAST_CALLS; i++) {
            last.add(publish(name("last", i)));
            last.add(write(name("last", i)));
        }
        await(
                callDeadline.plus(slack),
                () -> last.stream().noneMatch(call -> messages.lacks(call) || events.lacks(call)));
        await(ECHO, () -> false);
        return last;
    }

    private static void await(Duration patience, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean() && deadline - System.nanoTime() > 0) {
            Thread.sleep(5);
        }
    }
}
