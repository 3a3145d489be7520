// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What calls of one structure view have in common.
 *
 * @param subject what errors name, such as {@code map 'personnel'}
 * @param timeoutNanos how long a call may take, all attempts together
 * @param member the only member the call may go to, or null
 * @param completions runs the stages that depend on the call's future
 * @param isClientOwn whether the call is the client's own, as one of several that make up a call of the user: its result may stay undecoded
 * @param mayBeRedone whether option {@code redoOperation} applies; not where a second effect would be taken for that of others
 * @param invoker makes the calls; here, so that an invocation needs no field for it
 */
public record CallOptions(
        String subject,
        long timeoutNanos,
        @Nullable UUID member,
        Executor completions,
        boolean isClientOwn,
        boolean mayBeRedone,
        Invoker invoker) {

    /** Longer times are as good as none; half of what fits, so that adding it to a moment stays comparable. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    static CallOptions of(String subject, Duration timeout, Executor completions, Invoker invoker) {
        return new CallOptions(subject, nanos(timeout), null, completions, false, true, invoker);
    }

    static long nanos(Duration time) {
        return time.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : time.toNanos();
    }

    /** The same with another time limit. */
    public CallOptions withTimeout(Duration timeout) {
        return new CallOptions(subject, nanos(timeout), member, completions, isClientOwn, mayBeRedone, invoker);
    }

    /** The same with a time limit that is longer by so much. */
    public CallOptions withExtraTime(Duration wait) {
        long extra = nanos(wait);
        long longest = LONGEST.toNanos();
        return new CallOptions(
                subject,
                timeoutNanos > longest - extra ? longest : timeoutNanos + extra,
                member,
                completions,
                isClientOwn,
                mayBeRedone,
                invoker);
    }

    /** The same for calls whose dependent stages are the client's own and never block: they run on the I/O thread. */
    public CallOptions clientOwn() {
        return new CallOptions(subject, timeoutNanos, member, Runnable::run, true, mayBeRedone, invoker);
    }

    /** The same for calls that are never sent again once they may have had their effect, whatever is configured. */
    public CallOptions withoutRedo() {
        return new CallOptions(subject, timeoutNanos, member, completions, isClientOwn, false, invoker);
    }
}
