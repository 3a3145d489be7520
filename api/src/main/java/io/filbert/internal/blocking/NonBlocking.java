// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.blocking;

/**
 * Marks a thread that must never wait for a reply, because it is the one that would deliver it. {@link Await} refuses to
 * wait on such a thread.
 */
public interface NonBlocking {

    /** Whether code of the user may run on the thread now: only where the user chose that ({@code callbackExecutor(Runnable::run)}). */
    default boolean mayRunUserCode() {
        return false;
    }

    /** Sets what {@link #mayRunUserCode} returns. Called on the thread itself. */
    default void mayRunUserCode(boolean allowed) {}
}
