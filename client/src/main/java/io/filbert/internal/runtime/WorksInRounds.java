// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

/**
 * Marks a thread that queues many callbacks at a time and wakes the callback thread once for all of them, at the end of its
 * round, by {@link CallbackThreads#wake}.
 */
public interface WorksInRounds {}
