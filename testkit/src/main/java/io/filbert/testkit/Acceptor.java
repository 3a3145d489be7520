// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A port of a loopback address, 127.0.0.1 unless told otherwise, that can be opened and closed again, the thread that accepts its connections, and the threads that
 * serve them. Thread-safe.
 */
final class Acceptor {

    private static final int BACKLOG = 128;
    private static final Duration END_TIMEOUT = Duration.ofSeconds(10);

    /** What to do with a new connection; called on the accepting thread. */
    @FunctionalInterface
    interface Admission {
        void admit(Socket socket) throws IOException;
    }

    private final String name;
    private final InetSocketAddress address;
    private final Admission admission;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ReentrantLock listening = new ReentrantLock();

    /** Guarded by {@link #listening}; null while connections are refused. */
    private @Nullable ServerSocket listener;

    /** Guarded by {@link #listening}, as is the next one. */
    private @Nullable Thread accepting;

    private boolean ended;

    Acceptor(String name, Admission admission) {
        this(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), LoopbackPorts.next()), admission);
    }

    Acceptor(String name, InetSocketAddress address, Admission admission) {
        this.name = name;
        this.address = address;
        this.admission = admission;
    }

    InetSocketAddress address() {
        return address;
    }

    int port() {
        return address.getPort();
    }

    /** Accepts connections from now on. */
    void open() {
        listening.lock();
        try {
            if (ended) {
                throw new IllegalStateException("The " + name + " is closed for good");
            }
            if (listener == null) {
                ServerSocket socket = new ServerSocket();
                socket.setReuseAddress(true);
                socket.bind(address, BACKLOG);
                listener = socket;
                accepting = startThread("accept", () -> acceptFrom(socket));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The " + name + " cannot listen on " + address, e);
        } finally {
            listening.unlock();
        }
    }

    /** Refuses connections from now on; those accepted before stay. The port is free on return. */
    void refuse() {
        Thread thread;
        listening.lock();
        try {
            thread = accepting;
            if (listener != null) {
                listener.close();
                listener = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The " + name + " cannot stop listening on " + address, e);
        } finally {
            listening.unlock();
        }
        // The kernel keeps the port for as long as a thread is inside accept. Not under the lock: that thread may want
        // it.
        if (thread != null && thread != Thread.currentThread()) {
            awaitEnd(() -> !thread.isAlive());
        }
    }

    /**
     * Ends for good and returns when no thread is left.
     *
     * @param cut closes all connections; called repeatedly, because one may just be being admitted
     */
    void end(Runnable cut) {
        listening.lock();
        try {
            ended = true;
        } finally {
            listening.unlock();
        }
        refuse();
        awaitEnd(() -> {
            cut.run();
            return threads.stream().noneMatch(thread -> thread.isAlive() && thread != Thread.currentThread());
        });
    }

    private void awaitEnd(BooleanSupplier condition) {
        if (!Deadline.after(END_TIMEOUT).pollUninterruptibly(condition)) {
            throw new IllegalStateException("Threads of the " + name + " did not end: "
                    + threads.stream()
                            .filter(Thread::isAlive)
                            .map(Thread::getName)
                            .toList());
        }
    }

    private void acceptFrom(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                admission.admit(socket.accept());
            } catch (IOException e) {
                // The listener was closed, which ends the loop, or this one connection broke while it was made.
            }
        }
    }

    Thread startThread(String task, Runnable work) {
        Thread thread = new Thread(work, "testkit-" + name.replace(' ', '-') + "-" + port() + "-" + task);
        thread.setDaemon(true);
        threads.removeIf(earlier -> earlier.getState() == Thread.State.TERMINATED);
        threads.add(thread);
        thread.start();
        return thread;
    }
}
