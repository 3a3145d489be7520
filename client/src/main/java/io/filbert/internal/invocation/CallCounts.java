// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts calls by what became of them. Answered calls are counted where their answers arrive, by the connections. Starting is the only thing
 * counted here that every call does; adders keep callers out of each other's way. Thread-safe.
 */
final class CallCounts {

    final LongAdder started = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder cancelled = new LongAdder();
    final LongAdder retried = new LongAdder();
}
