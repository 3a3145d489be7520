// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import io.filbert.internal.blocking.LinkedTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue of tasks for many producers and few consumers, in the order they were added, without a node for each: adding is one
 * compare-and-set. Added tasks form a stack; a consumer that finds nothing in order takes the whole stack and turns it around.
 *
 * <p>Thread-safe.
 */
final class TaskQueue {

    /** Wraps a task that carries no link. */
    private static final class Node implements LinkedTask {

        private final Runnable task;
        private @Nullable LinkedTask link;

        Node(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            task.run();
        }

        @Override
        public @Nullable LinkedTask link() {
            return link;
        }

        @Override
        public void link(@Nullable LinkedTask neighbour) {
            link = neighbour;
        }
    }

    private final AtomicReference<@Nullable LinkedTask> added = new AtomicReference<>();
    private final ReentrantLock taking = new ReentrantLock();

    /** Guarded by {@link #taking}; volatile for {@link #isEmpty}. */
    private volatile @Nullable LinkedTask inOrder;

    void add(Runnable task) {
        LinkedTask linked = task instanceof LinkedTask own ? own : new Node(task);
        LinkedTask before;
        do {
            before = added.get();
            linked.link(before);
        } while (!added.compareAndSet(before, linked));
    }

    @Nullable
    Runnable poll() {
        taking.lock();
        try {
            LinkedTask first = inOrder;
            if (first == null) {
                first = turnedAround(added.getAndSet(null));
                if (first == null) {
                    return null;
                }
            }
            inOrder = first.link();
            first.link(null);
            return first;
        } finally {
            taking.unlock();
        }
    }

    private static @Nullable LinkedTask turnedAround(@Nullable LinkedTask stack) {
        LinkedTask result = null;
        LinkedTask rest = stack;
        while (rest != null) {
            LinkedTask next = rest.link();
            rest.link(result);
            result = rest;
            rest = next;
        }
        return result;
    }

    /** How many tasks wait. Counts them one by one, so that adding need not; nobody can take any meanwhile. */
    int size() {
        taking.lock();
        try {
            return length(inOrder) + length(added.get());
        } finally {
            taking.unlock();
        }
    }

    private static int length(@Nullable LinkedTask first) {
        int length = 0;
        for (LinkedTask task = first; task != null; task = task.link()) {
            length++;
        }
        return length;
    }

    /** Exact for all tasks that were added before the call: those that are just being turned around belong to the queue, too. */
    boolean isEmpty() {
        // In this order: a consumer that took the stack before the first look still holds the lock, or has published
        // the rest.
        if (added.get() != null) {
            return false;
        }
        if (!taking.isLocked()) {
            return inOrder == null;
        }
        taking.lock();
        try {
            return inOrder == null;
        } finally {
            taking.unlock();
        }
    }
}
