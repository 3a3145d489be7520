// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

/** A call that only the sweep can end by its deadline, because it is in no in-flight table. */
interface Expiring {

    /** When it ends, by {@link System#nanoTime}. */
    long expiryNanos();

    /** Ends it: its time is over. */
    void timeOut();
}
