// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

/**
 * A thread that queues many callbacks at a time and wakes the callback thread once for all of them, at the end of its round. It
 * does so for its own client only: callbacks of another client that it queues are woken for at once.
 */
public interface WorksInRounds {

    /** What it runs at the end of each round, such as {@link CallbackThreads#wakeTask}. */
    Runnable endOfRound();
}
