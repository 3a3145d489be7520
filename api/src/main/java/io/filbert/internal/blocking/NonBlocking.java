// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.blocking;

/**
 * Marks a thread that must never wait for a reply, because it is the one that would deliver it. {@link Await} refuses to
 * wait on such a thread.
 */
public interface NonBlocking {

    /** Whether the thread runs code of the user at this moment, because the user chose that ({@code callbackExecutor(Runnable::run)}). */
    default boolean mayRunUserCode() {
        return false;
    }
}
