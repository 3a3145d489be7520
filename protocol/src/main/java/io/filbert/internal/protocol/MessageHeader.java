// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

/**
 * Flags of a frame, and direct access to the first frame of a message; offsets are those of an array whose message
 * starts with the six bytes of the frame header.
 */
public final class MessageHeader {
    /** Length and flags in front of each frame's content. */
    public static final int FRAME_HEADER_BYTES = 6;

    public static final int BEGIN_FRAGMENT = 0x8000;
    public static final int END_FRAGMENT = 0x4000;
    public static final int UNFRAGMENTED = BEGIN_FRAGMENT | END_FRAGMENT;
    /** Last frame of a message. */
    public static final int FINAL = 0x2000;
    /** Opens a list, a map or a custom type. */
    public static final int BEGIN = 0x1000;
    /** Closes what {@link #BEGIN} opened. */
    public static final int END = 0x0800;
    /** Stands for an absent value. */
    public static final int NULL = 0x0400;

    public static final int EVENT = 0x0200;
    public static final int BACKUP_AWARE = 0x0100;
    public static final int BACKUP_EVENT = 0x0080;

    /** Message type of the response that carries errors. */
    public static final int ERROR_TYPE = 0;
    /** Shortest possible first frame, that of a response. */
    static final int MINIMUM_BYTES = FRAME_HEADER_BYTES + 13;

    private static final int FLAGS = 4;
    private static final int MESSAGE_TYPE = FRAME_HEADER_BYTES;
    private static final int CORRELATION_ID = FRAME_HEADER_BYTES + 4;
    private static final int PARTITION_ID = FRAME_HEADER_BYTES + 12;
    private static final int BACKUP_ACKS = FRAME_HEADER_BYTES + 12;
    private static final int BACKUP_CORRELATION_ID = FRAME_HEADER_BYTES + 16;

    private MessageHeader() {}

    public static void setCorrelationId(byte[] message, long correlationId) {
        Wire.putLong(message, CORRELATION_ID, correlationId);
    }

    public static void setPartitionId(byte[] message, int partitionId) {
        Wire.putInt(message, PARTITION_ID, partitionId);
    }

    /** Asks the member to let backup members acknowledge to the client directly. */
    public static void setBackupAware(byte[] message) {
        Wire.addFlags(message, 0, BACKUP_AWARE);
    }

    /** Asks, or does not ask any more, as {@link #setBackupAware(byte[])}: for a message that is sent again. */
    public static void setBackupAware(byte[] message, boolean aware) {
        int flags = flags(message, 0);
        Wire.putShort(message, FLAGS, (short) (aware ? flags | BACKUP_AWARE : flags & ~BACKUP_AWARE));
    }

    /** Marks an event as a backup ack; only members do that. */
    public static void setBackupEvent(byte[] message) {
        Wire.addFlags(message, 0, BACKUP_EVENT);
    }

    /** Tells how many backup acks follow a response; only members do that. */
    public static void setBackupAcks(byte[] message, int count) {
        message[BACKUP_ACKS] = (byte) count;
    }

    public static int frameLength(byte[] buffer, int offset) {
        return Wire.getInt(buffer, offset);
    }

    public static int flags(byte[] buffer, int offset) {
        return Wire.getShort(buffer, offset + FLAGS) & 0xffff;
    }

    public static int messageType(byte[] buffer, int offset) {
        return Wire.getInt(buffer, offset + MESSAGE_TYPE);
    }

    public static long correlationId(byte[] buffer, int offset) {
        return Wire.getLong(buffer, offset + CORRELATION_ID);
    }

    /** Partition of a request, ordering key of an event; -1 for none. */
    public static int partitionId(byte[] buffer, int offset) {
        return Wire.getInt(buffer, offset + PARTITION_ID);
    }

    /** How many backup acks follow a response. */
    public static int backupAcks(byte[] buffer, int offset) {
        return buffer[offset + BACKUP_ACKS] & 0xff;
    }

    /** Correlation id of the request a backup event acknowledges; its header names the listener's instead. */
    public static long backupCorrelationId(byte[] buffer, int offset) {
        return Wire.getLong(buffer, offset + BACKUP_CORRELATION_ID);
    }

    public static boolean isEvent(int flags) {
        return (flags & EVENT) != 0;
    }

    public static boolean isBackupEvent(int flags) {
        return (flags & BACKUP_EVENT) != 0;
    }

    /** Whether the flags of a first frame announce a part of a message, to be handed to a fragment assembler. */
    public static boolean isFragment(int flags) {
        return (flags & UNFRAGMENTED) != UNFRAGMENTED;
    }
}
