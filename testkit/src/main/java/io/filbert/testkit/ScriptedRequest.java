// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.RequestType;

/** A request as it reached a {@link ScriptedMember}. Immutable. */
public final class ScriptedRequest {

    private final ScriptedConnection connection;
    private final byte[] message;
    private final boolean fragmented;

    ScriptedRequest(ScriptedConnection connection, byte[] message, boolean fragmented) {
        this.connection = connection;
        this.message = message;
        this.fragmented = fragmented;
    }

    /** The connection it came on. */
    public ScriptedConnection connection() {
        return connection;
    }

    /** The message type, {@link RequestType#id} of the codec's {@code REQUEST}. */
    public int type() {
        return MessageHeader.messageType(message, 0);
    }

    /** Whether it is of the given type. */
    public boolean is(RequestType type) {
        return type() == type.id();
    }

    /** The correlation id the client gave it. */
    public long correlationId() {
        return MessageHeader.correlationId(message, 0);
    }

    /** The partition the client wants it to go to, or -1. */
    public int partitionId() {
        return MessageHeader.partitionId(message, 0);
    }

    /** Whether the client waits for backups itself. */
    public boolean isBackupAware() {
        return (MessageHeader.flags(message, 0) & MessageHeader.BACKUP_AWARE) != 0;
    }

    /** Whether it came in fragments. */
    public boolean isFragmented() {
        return fragmented;
    }

    /** A new cursor over the whole message, for the codec's {@code decodeRequest}. */
    public MessageReader reader() {
        return new MessageReader().reset(message, 0, message.length);
    }

    /** A copy of the message's bytes. */
    public byte[] bytes() {
        return message.clone();
    }

    @Override
    public String toString() {
        return "request 0x%06x, correlation id %d, partition %d".formatted(type(), correlationId(), partitionId());
    }
}
