// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.error.HazelcastException;
import io.filbert.error.IndeterminateOperationException;
import io.filbert.error.SerializationException;
import io.filbert.internal.connection.MemberErrors;
import io.filbert.internal.protocol.MessageTooLongException;
import io.filbert.internal.protocol.ProtocolException;
import java.util.List;

/**
 * The errors of calls that a member answered with something that cannot be read here. None of them is followed by another attempt:
 * the member has done its work, and its next answer would be the same. Such a call was carried out.
 */
final class UnreadableAnswer {

    private static final int MEBIBYTE = 1 << 20;

    private UnreadableAnswer() {}

    /** The answer was skipped, because of its length. */
    static HazelcastException tooLong(String call, MessageTooLongException answer) {
        if (answer.messageType() == MemberErrors.TYPE) {
            return new IndeterminateOperationException(
                    call + ": the member answered with an error that is too long to be read: " + answer.getMessage());
        }
        String remedy = answer.isOverHeap()
                ? "the heap has no room for it (" + heap()
                        + "). Ask for less at a time, or give the JVM a larger heap (-Xmx)"
                : "ask for less at a time, or raise maxMessageBytes";
        // In its own words: it may be too long only together with others.
        return carriedOut(
                call + ": the member carried the call out, but its answer cannot be taken, " + answer.getMessage()
                        + ": " + remedy,
                answer);
    }

    /** There was no room for the objects in the answer. */
    static HazelcastException noRoom(String call, long bytes, OutOfMemoryError error) {
        return carriedOut(
                call + ": the member carried the call out, but the heap has no room for what its answer of " + bytes
                        + " bytes contains (" + heap()
                        + "). Ask for less at a time, or give the JVM a larger heap (-Xmx)",
                error);
    }

    /** There was no room for the objects in several answers. */
    static HazelcastException noRoom(String calls, OutOfMemoryError error) {
        return carriedOut(
                calls
                        + ": the members carried it out, but the heap has no room for what their answers contain together ("
                        + heap() + "). Ask for less at a time, or give the JVM a larger heap (-Xmx)",
                error);
    }

    /** The frames of the answer are in order, but not what they contain. */
    static HazelcastException malformed(String call, int answerType, ProtocolException error) {
        String text = ", which this client cannot read: " + error.getMessage();
        return answerType == MemberErrors.TYPE
                ? new IndeterminateOperationException(call + ": the member answered with an error" + text)
                : carriedOut(
                        call + ": the member carried the call out, but its answer is not what the protocol says" + text,
                        error);
    }

    private static SerializationException carriedOut(String message, Throwable cause) {
        return SerializationException.ofResults(message, cause, List.of(), List.of());
    }

    private static String heap() {
        return "its limit is " + Runtime.getRuntime().maxMemory() / MEBIBYTE + " MiB";
    }
}
