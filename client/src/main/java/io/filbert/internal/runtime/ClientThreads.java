// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import io.filbert.internal.blocking.NonBlocking;

/** Makes the threads of one client: daemons, named after it, and recognized by it. Immutable. */
public final class ClientThreads {

    private final String prefix;

    public ClientThreads(String clientName) {
        this.prefix = "filbert-" + clientName + "-";
    }

    /** The name of a thread with this role. */
    public String name(String role) {
        return prefix + role;
    }

    /** A thread that may wait for replies. */
    public Thread thread(String role, Runnable task) {
        return new Owned(task, prefix + role, this);
    }

    /** A thread that others depend on for their replies or deadlines, so that it must never wait for any. */
    public Thread nonBlockingThread(String role, Runnable task) {
        return new OwnedNonBlocking(task, prefix + role, this);
    }

    /** Whether the current thread was made here. */
    public boolean isCurrent() {
        return Thread.currentThread() instanceof Owned own && own.owner == this;
    }

    private static class Owned extends Thread {

        private final ClientThreads owner;

        Owned(Runnable task, String name, ClientThreads owner) {
            super(task, name);
            this.owner = owner;
            setDaemon(true);
        }
    }

    private static final class OwnedNonBlocking extends Owned implements NonBlocking {

        /** Confined to this thread. */
        private boolean mayRunUserCode;

        OwnedNonBlocking(Runnable task, String name, ClientThreads owner) {
            super(task, name, owner);
        }

        @Override
        public boolean mayRunUserCode() {
            return mayRunUserCode;
        }

        @Override
        public void mayRunUserCode(boolean allowed) {
            mayRunUserCode = allowed;
        }
    }
}
