// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Makes figures of calls that were recorded. Immutable.
 *
 * @param calls in the order they were started
 * @param lastCalls those of which the listeners had to hear, because all should have been well
 * @param messages what was heard of published messages
 * @param events what was heard of written entries
 * @param missing acknowledged writes that could not be read back
 * @param healedNanos when the fault was over
 * @param endNanos when the calls were looked at
 * @param limit after which a call counts as hung
 */
record Reckoning(
        List<Call> calls,
        List<Call> lastCalls,
        ListenerLog messages,
        ListenerLog events,
        List<String> missing,
        long healedNanos,
        long endNanos,
        Duration limit) {

    private static final Duration DISTURBED = Duration.ofSeconds(1);
    private static final int FAILURES_TOLD = 5;
    private static final int FAILURE_LENGTH = 200;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NEVER = -1;

    FaultReport report() {
        Map<Figure, Long> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.CALLS, (long) calls.size());
        figures.put(Figure.SUCCEEDED, count(Call::succeeded));
        figures.put(Figure.FAILED, count(call -> call.failure() != null));
        figures.put(Figure.HUNG, count(call -> call.nanos(endNanos) > limit.toNanos() || !call.hasEnded()));
        figures.put(Figure.ENDED_TWICE, count(Call::endedTwice));
        figures.put(Figure.FOUND_NOTHING, count(Call::foundNothing));
        figures.put(Figure.LOST_WRITES, (long) missing.size());
        figures.put(
                Figure.FIRST_SUCCESS,
                firstAfterHealing(calls.stream().filter(Call::succeeded).mapToLong(Call::endNanos)));
        figures.put(Figure.WELL_AGAIN, wellAgain());
        figures.put(Figure.SILENCE, silence());
        figures.put(
                Figure.SLOWEST_CALL,
                calls.stream().mapToLong(call -> call.nanos(endNanos)).max().orElse(0) / NANOS_PER_MILLI);
        figures.put(Figure.HEARS_AGAIN, hearsAgain());
        figures.put(Figure.MESSAGES_MISSED, count(messages::missed));
        figures.put(Figure.MESSAGES_TWICE, messages.heardAgain());
        figures.put(
                Figure.LAST_MESSAGES_MISSED,
                lastCalls.stream().filter(messages::lacks).count());
        figures.put(Figure.EVENTS_MISSED, count(events::missed));
        figures.put(Figure.EVENTS_TWICE, events.heardAgain());
        figures.put(
                Figure.LAST_EVENTS_MISSED,
                lastCalls.stream().filter(events::lacks).count());
        return new FaultReport(figures, failures());
    }

    private long count(Predicate<Call> condition) {
        return calls.stream().filter(condition).count();
    }

    private long firstAfterHealing(LongStream moments) {
        OptionalLong first = moments.map(nanos -> nanos - healedNanos)
                .filter(nanos -> nanos >= 0)
                .min();
        return first.isPresent() ? first.getAsLong() / NANOS_PER_MILLI : NEVER;
    }

    private long hearsAgain() {
        return firstAfterHealing(calls.stream()
                .filter(call -> call.startNanos - healedNanos >= 0 && messages.hasHeard(call))
                .mapToLong(messages::firstHeard));
    }

    private long wellAgain() {
        long last = healedNanos;
        boolean well = false;
        for (Call call : calls) {
            well = call.succeeded() && call.nanos(endNanos) <= DISTURBED.toNanos();
            if (!well) {
                last = Math.max(last, call.startNanos);
            }
        }
        return well ? (last - healedNanos) / NANOS_PER_MILLI : NEVER;
    }

    private long silence() {
        List<Call> successes = calls.stream()
                .filter(Call::succeeded)
                .sorted(Comparator.comparingLong(Call::endNanos))
                .toList();
        if (successes.isEmpty()) {
            return NEVER;
        }
        long longest = 0;
        long last = calls.get(0).startNanos;
        for (Call call : successes) {
            longest = Math.max(longest, call.endNanos() - last);
            last = call.endNanos();
        }
        return longest / NANOS_PER_MILLI;
    }

    private String failures() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Call call : calls) {
            String failure = call.failure();
            if (failure != null) {
                counts.merge(general(failure), 1, Integer::sum);
            }
        }
        List<String> told = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(FAILURES_TOLD)
                .map(entry -> entry.getValue() + " x " + entry.getKey())
                .collect(Collectors.toCollection(ArrayList::new));
        if (!missing.isEmpty()) {
            told.add("lost: " + missing.subList(0, Math.min(FAILURES_TOLD, missing.size())));
        }
        return String.join("; ", told);
    }

    /** Without the numbers, in which the texts of like errors differ. */
    private static String general(String failure) {
        String text = failure.replaceAll("\\s+", " ").replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}|\\d+", "#");
        return text.length() > FAILURE_LENGTH ? text.substring(0, FAILURE_LENGTH) + "…" : text;
    }
}
