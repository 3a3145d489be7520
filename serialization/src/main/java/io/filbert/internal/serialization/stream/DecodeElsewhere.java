// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import io.filbert.internal.blocking.NonBlocking;

/**
 * Says that an object cannot be read on this thread: code of the user would run, and the thread must never wait. Whoever asked reads the
 * same bytes again on a thread that may. A signal, not an error: it carries no stack and never reaches the user.
 */
@SuppressWarnings("serial") // never leaves the JVM
public final class DecodeElsewhere extends RuntimeException {

    private DecodeElsewhere() {
        super("Objects of classes of the user are read on threads of the user", null, false, false);
    }

    /** Throws the signal on a thread that must not run code of the user now. */
    public static void unlessUserCodeMayRun() {
        if (Thread.currentThread() instanceof NonBlocking thread && !thread.mayRunUserCode()) {
            throw new DecodeElsewhere();
        }
    }
}
