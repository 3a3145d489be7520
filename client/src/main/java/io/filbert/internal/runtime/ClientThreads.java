// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import io.filbert.internal.blocking.NonBlocking;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Creates the threads of one client: named after it, and recognized by it. They take nothing over from the thread that happens to create
 * them: no inheritable thread-locals, and not its context class loader, but the one of the client. Immutable.
 */
public final class ClientThreads {

    private final String prefix;
    private final boolean daemons;
    private final @Nullable ClassLoader contextLoader;
    private final Consumer<Thread> beforeStart;

    /** Daemons without a context class loader. */
    public ClientThreads(String clientName) {
        this(clientName, true, null, thread -> {});
    }

    /**
     * @param daemons whether the virtual machine may exit while they run
     * @param contextLoader the context class loader of all threads, null for none
     * @param beforeStart called on the starting thread before each start; a test throws here what the virtual machine throws when it cannot
     *     start one
     */
    public ClientThreads(
            String clientName, boolean daemons, @Nullable ClassLoader contextLoader, Consumer<Thread> beforeStart) {
        this.prefix = "filbert-" + clientName + "-";
        this.daemons = daemons;
        this.contextLoader = contextLoader;
        this.beforeStart = beforeStart;
    }

    /** The name of a thread with this role. */
    public String name(String role) {
        return prefix + role;
    }

    /** A thread that may wait for replies. */
    public Thread thread(String role, Runnable task) {
        Thread thread = new Owned(task, prefix + role, this);
        setUp(thread);
        return thread;
    }

    /** A thread that others depend on for their replies or deadlines, so that it must never wait for any. */
    public Thread nonBlockingThread(String role, Runnable task) {
        Thread thread = new OwnedNonBlocking(task, prefix + role, this);
        setUp(thread);
        return thread;
    }

    /** As {@link #nonBlockingThread}, but always a daemon: what it does may hang for reasons outside of this process. */
    public Thread nonBlockingDaemon(String role, Runnable task) {
        Thread thread = nonBlockingThread(role, task);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Prepares threads created here for an executor of the JDK.
     *
     * @param create {@link #nonBlockingThread} or its like
     */
    public ThreadFactory factory(String role, BiFunction<String, Runnable, Thread> create) {
        return task -> {
            Thread thread = create.apply(role, task);
            // Since JDK 19, executors start their threads without Thread.start().
            beforeStart(thread);
            return thread;
        };
    }

    /** Gives a thread that is created elsewhere what those created here have in common. */
    public void setUp(Thread thread) {
        thread.setDaemon(daemons);
        thread.setContextClassLoader(contextLoader);
    }

    /** To be called by each thread of the client before it starts. */
    public void beforeStart(Thread thread) {
        beforeStart.accept(thread);
    }

    /** Whether the current thread was created here. */
    public boolean isCurrent() {
        return Thread.currentThread() instanceof Owned own && own.owner == this;
    }

    /**
     * Clears the interrupt flag if the current thread is one of a client's: code of the user has left it, and it is meant neither for the
     * next code of the user nor for the client. On other threads the flag belongs to their owner.
     */
    public static void clearInterrupt() {
        if (Thread.currentThread() instanceof Owned || Thread.currentThread() instanceof NonBlocking) {
            boolean ignored = Thread.interrupted();
        }
    }

    private static class Owned extends Thread {

        private final ClientThreads owner;

        Owned(Runnable task, String name, ClientThreads owner) {
            super(null, task, name, 0, false);
            this.owner = owner;
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // called once, by one thread
        public void start() {
            owner.beforeStart(this);
            super.start();
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
