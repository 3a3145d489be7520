// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A message whose frames are in order, but which is longer than allowed, or than the heap can hold. Its header is known, so that
 * the message can be skipped and the call that waits for it can end; the messages behind it are not affected.
 */
public final class MessageTooLongException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    private final int flags;
    private final int messageType;
    private final long correlationId;
    private final long atLeastBytes;

    private MessageTooLongException(
            String reason, @Nullable Throwable cause, byte[] buffer, int header, int there, long atLeastBytes) {
        super("a message of at least " + atLeastBytes + " bytes " + reason, cause);
        this.atLeastBytes = atLeastBytes;
        this.flags = MessageHeader.flags(buffer, header);
        if (isFragment()) {
            // The first frame holds the number that fragments share; the header of the message is elsewhere.
            this.messageType = 0;
            this.correlationId = 0;
        } else {
            if (there < MessageHeader.MINIMUM_BYTES
                    || MessageHeader.frameLength(buffer, header) < MessageHeader.MINIMUM_BYTES) {
                throw new ProtocolException(getMessage() + " and has no header");
            }
            this.messageType = MessageHeader.messageType(buffer, header);
            this.correlationId = MessageHeader.correlationId(buffer, header);
        }
    }

    /**
     * It is longer than the limit.
     *
     * @param header where its first frame begins
     * @param there how many of its bytes are in the buffer
     * @throws ProtocolException if the first frame is too short for a header
     */
    public static MessageTooLongException overLimit(
            byte[] buffer, int header, int there, long atLeastBytes, int limit) {
        return new MessageTooLongException(
                "is longer than the limit of " + limit + " bytes (option maxMessageBytes)",
                null,
                buffer,
                header,
                there,
                atLeastBytes);
    }

    /**
     * Fragments of it, and those of other messages that have begun, are longer than the limit together; otherwise as
     * {@link #overLimit}.
     *
     * @param otherBytes how many bytes of other messages are held
     */
    static MessageTooLongException overLimitWithOthers(
            byte[] buffer, int header, int there, long atLeastBytes, int limit, long otherBytes) {
        return new MessageTooLongException(
                "and " + otherBytes + " bytes of other unfinished messages are together more than the limit of " + limit
                        + " bytes (option maxMessageBytes)",
                null,
                buffer,
                header,
                there,
                atLeastBytes);
    }

    /** There is no memory for it; otherwise as {@link #overLimit}. */
    public static MessageTooLongException overHeap(
            byte[] buffer, int header, int there, long atLeastBytes, OutOfMemoryError error) {
        return new MessageTooLongException(
                "does not fit into what is free of the heap of "
                        + Runtime.getRuntime().maxMemory() + " bytes (-Xmx)",
                error,
                buffer,
                header,
                there,
                atLeastBytes);
    }

    /** Whether it is only a fragment that is known to be too long: which message it belongs to its assembler knows. */
    public boolean isFragment() {
        return MessageHeader.isFragment(flags);
    }

    /** Flags of the first frame. */
    public int flags() {
        return flags;
    }

    /** Type of the message; meaningless for a fragment. */
    public int messageType() {
        return messageType;
    }

    /** Correlation id of the message; meaningless for a fragment. */
    public long correlationId() {
        return correlationId;
    }

    /** How long the message is as far as that is known: a message does not say its length in advance. */
    public long atLeastBytes() {
        return atLeastBytes;
    }

    /** Whether it was the heap, not the limit, that it is too long for. */
    public boolean isOverHeap() {
        return getCause() != null;
    }
}
