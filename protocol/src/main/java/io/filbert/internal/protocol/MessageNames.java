// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

/** Names of messages, for error texts and logs. */
public final class MessageNames {
    private MessageNames() {}

    /** {@code Map.put request} and the like; the number for types the schema does not know. */
    public static String of(int messageType) {
        if (messageType == MessageHeader.ERROR_TYPE) {
            return "error response";
        }
        String facts = MessageTable.request(messageType >>> 8);
        if (facts == null) {
            return "message 0x" + Integer.toHexString(messageType);
        }
        int kind = messageType & 0xff;
        return facts.substring(0, facts.indexOf(' '))
                + (kind == 0 ? " request" : kind == 1 ? " response" : " event " + kind);
    }
}
