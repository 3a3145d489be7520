// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.MessageTooLongException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Waits for a reply and counts what it is told. Thread-safe. */
class FakeReply implements PendingReply {

    final AtomicInteger replies = new AtomicInteger();
    final AtomicInteger acks = new AtomicInteger();
    final AtomicInteger losses = new AtomicInteger();
    volatile boolean ends = true;
    volatile @Nullable Throwable cause;
    private final byte @Nullable [] message;
    private volatile long correlationId;

    FakeReply() {
        this(null);
    }

    /** @param message gets the correlation id */
    FakeReply(byte @Nullable [] message) {
        this.message = message;
    }

    @Override
    public long correlationId() {
        return correlationId;
    }

    @Override
    public void assign(long id) {
        correlationId = id;
        if (message != null) {
            MessageHeader.setCorrelationId(message, id);
        }
    }

    @Override
    public long expiryNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public void onExpired() {}

    @Override
    public boolean onReply(MessageReader reply) {
        replies.incrementAndGet();
        return ends;
    }

    @Override
    public void onTooLong(MessageTooLongException reply) {
        cause = reply;
    }

    @Override
    public boolean onBackupAck() {
        acks.incrementAndGet();
        return true;
    }

    @Override
    public void onDisconnected(Connection connection, Throwable reason) {
        cause = reason;
        losses.incrementAndGet();
    }
}
