// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.error.CallInterruptedException;
import io.filbert.error.HazelcastException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.SerializationException;
import io.filbert.internal.invocation.CompositeErrors;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.proxy.ObjectCalls;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One read-modify-write of one entry: what is known of it between its calls. An attempt reads the value, asks the rule what it is to become,
 * and writes only if the entry still has the bytes that were read. If somebody was faster, the next attempt follows after a pause that
 * grows. All attempts together end by the time limit of one call. {@link EntryUpdates} makes the calls. For one thread at a time.
 */
final class EntryUpdate<V> {

    private static final int ATTEMPTS_WITHOUT_PAUSE = 3;
    private static final int MOST_DOUBLINGS = 5;

    private final EntryAccess<V> entries;
    private final String what;
    private final Data key;
    private final long owner;
    private final UpdateRule<V> rule;
    private final long beganNanos = System.nanoTime();
    private boolean begun;
    private int attempts;
    private int unchanged;
    private @Nullable Fetched<V> last;
    private @Nullable Data written;
    private @Nullable Throwable failureOfRule;
    private UpdateRule.Verdict<V> verdict = UpdateRule.Verdict.keep(null);

    /**
     * @param what the name of the user's call, for errors
     * @param owner whose locks the calls pass through
     */
    EntryUpdate(EntryAccess<V> entries, String what, Data key, long owner, UpdateRule<V> rule) {
        this.entries = entries;
        this.what = what;
        this.key = key;
        this.owner = owner;
        this.rule = rule;
    }

    /** What errors call it. */
    String call() {
        return what + " of " + entries.calls().subject();
    }

    /** Locks the key, if that is the way; null if it is not. Followed by {@link #requireLocked}. */
    @Nullable
    CompletableFuture<Boolean> lock() {
        return remaining().lock(key, owner);
    }

    void requireLocked(boolean locked) {
        if (!locked) {
            ObjectCalls calls = entries.calls();
            throw new OperationTimeoutException(
                    call() + " changed nothing: the key stayed locked by somebody else for "
                            + TimeUnit.NANOSECONDS.toMillis(calls.timeoutNanos())
                            + " ms (option invocationTimeout, or withDeadline)",
                    null,
                    false);
        }
    }

    CompletableFuture<@Nullable Fetched<V>> fetch() {
        return remaining().fetch(key, owner);
    }

    /** Asks the rule; returns whether the entry is to be changed, by {@link #write}. */
    boolean decide(@Nullable Fetched<V> present) {
        if (attempts > 0 && Fetched.same(present, last)) {
            unchanged++;
        }
        last = present;
        attempts++;
        try {
            verdict = rule.decide(present);
        } catch (Throwable e) {
            failureOfRule = e;
            throw e;
        }
        return verdict.change() == UpdateRule.Change.WRITE
                || (verdict.change() == UpdateRule.Change.REMOVE && present != null);
    }

    /** Whether code of the user threw this, so that it is passed on as it is. */
    boolean isOfRule(Throwable failure) {
        return failure == failureOfRule;
    }

    /** Writes what the rule decided; whether the entry was changed. */
    CompletableFuture<Boolean> write() {
        Fetched<V> present = last;
        if (verdict.change() == UpdateRule.Change.REMOVE) {
            return remaining().removeIfSame(key, Objects.requireNonNull(present).data(), owner);
        }
        Data serialized = verdict.serialized();
        Data value = serialized != null ? serialized : entries.calls().toData(verdict.value(), "value");
        written = value;
        return present == null
                ? remaining().putIfAbsent(key, value, owner)
                : remaining().replaceIfSame(key, present.data(), value, owner);
    }

    /** What the user's call returns, once nothing is left to be done. */
    @Nullable
    V result() {
        return verdict.value();
    }

    /** What became of the entry in the end. */
    UpdateRule.Change change() {
        return verdict.change();
    }

    /** The bytes of the value that was written, if the entry was changed to one. */
    Data written() {
        return Objects.requireNonNull(written);
    }

    /** How long to wait until the next attempt, when somebody was faster. */
    Duration pause() {
        long left = leftNanos();
        if (attempts < ATTEMPTS_WITHOUT_PAUSE) {
            return Duration.ZERO;
        }
        long millis = 1L << Math.min(attempts - ATTEMPTS_WITHOUT_PAUSE, MOST_DOUBLINGS);
        return Duration.ofNanos(Math.min(TimeUnit.MILLISECONDS.toNanos(millis), left));
    }

    CompletableFuture<Void> pause(Duration time) {
        return entries.calls().pause(time);
    }

    /** Ends what reading began. Completes normally, and by the time limit. */
    CompletableFuture<?> release() {
        long left = entries.calls().timeoutNanos() - (System.nanoTime() - beganNanos);
        if (left > 0) {
            return entries.endingIn(Duration.ofNanos(left)).release(key, owner);
        }
        entries.release(key, owner);
        return CompletableFuture.completedFuture(null);
    }

    /** The user's error if locking, reading or a pause failed: those calls change nothing, whatever became of them. */
    Throwable withoutEffect(Throwable failure) {
        if (!(failure instanceof HazelcastException error)) {
            return failure;
        }
        if (error instanceof CallInterruptedException) {
            return CompositeErrors.withoutEffect(error, call() + " was interrupted before it had changed anything");
        }
        return CompositeErrors.withoutEffect(
                error,
                call() + " changed nothing"
                        + (error instanceof SerializationException
                                ? ", because the present value cannot be read: "
                                : ": ")
                        + error.getMessage());
    }

    private EntryAccess<V> remaining() {
        if (!begun) {
            begun = true;
            return entries;
        }
        return entries.endingIn(Duration.ofNanos(leftNanos()));
    }

    private long leftNanos() {
        long left = entries.calls().timeoutNanos() - (System.nanoTime() - beganNanos);
        if (left <= 0) {
            throw timeout();
        }
        return left;
    }

    private OperationTimeoutException timeout() {
        ObjectCalls calls = entries.calls();
        return new OperationTimeoutException(
                call() + " did not end within "
                        + TimeUnit.NANOSECONDS.toMillis(calls.timeoutNanos())
                        + " ms (option invocationTimeout, or withDeadline) and changed nothing. " + reason(),
                null,
                false);
    }

    private String reason() {
        Fetched<V> present = last;
        if (attempts == 0) {
            return "The time was over before the present value had been read";
        }
        if (attempts == 1) {
            return "The time was over when the function had returned";
        }
        if (present != null && unchanged > attempts / 2) {
            return attempts
                    + " attempts: members did not recognize the value they had just sent, though nobody seems to"
                    + " change it. A map with in-memory format OBJECT compares values by equals, which "
                    + Objects.requireNonNull(present.object()).getClass().getTypeName()
                    + " must override for that; arrays and classes that do not are never the same";
        }
        return attempts
                + " attempts: each time somebody else had changed the entry between reading and writing it. Have"
                + " fewer callers change one key, make the function faster, or allow more time";
    }
}
