// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Requests a {@link ScriptedMember} was told to keep until the test answers them, in any order. Thread-safe. */
public final class HeldRequests implements RequestHandler {

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by {@link #lock}. */
    private final Deque<Reply> replies = new ArrayDeque<>();

    HeldRequests() {}

    @Override
    public void handle(ScriptedRequest request, Reply reply) {
        lock.lock();
        try {
            replies.add(reply);
        } finally {
            lock.unlock();
        }
    }

    /** How many are held now. */
    public int count() {
        lock.lock();
        try {
            return replies.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until that many are held; fails after 20 seconds. */
    public HeldRequests awaitCount(int count) {
        Eventually.passes(() -> {
            if (count() < count) {
                throw new AssertionError("only " + count() + " of " + count + " requests are held");
            }
        });
        return this;
    }

    /** Takes all held ones out, oldest first, to be answered by the test; waits for at least one. */
    public List<Reply> takeAll() {
        awaitCount(1);
        lock.lock();
        try {
            List<Reply> taken = new ArrayList<>(replies);
            replies.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the oldest one out, to be answered by the test; waits for it. */
    public Reply take() {
        awaitCount(1);
        lock.lock();
        try {
            return replies.remove();
        } finally {
            lock.unlock();
        }
    }

    /** Answers all held ones as usual. */
    public void release() {
        awaitCount(1);
        takeAll().forEach(Reply::proceed);
    }
}
