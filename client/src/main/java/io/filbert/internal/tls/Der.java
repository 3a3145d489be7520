// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A cursor over a few DER-encoded elements, and the reverse: just enough to take keys out of their wrappings. Not thread-safe.
 */
final class Der {

    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int NULL = 0x05;
    static final int OBJECT_ID = 0x06;
    static final int SEQUENCE = 0x30;
    static final int CONTEXT_0 = 0xA0;

    private final byte[] bytes;
    private int position;
    private final int limit;

    private Der(byte[] bytes, int position, int limit) {
        this.bytes = bytes;
        this.position = position;
        this.limit = limit;
    }

    /** A cursor at the first element. */
    static Der of(byte[] bytes) {
        return new Der(bytes, 0, bytes.length);
    }

    boolean hasNext() {
        return position < limit;
    }

    /** Whether the next element has this tag; false at the end. */
    boolean nextIs(int tag) {
        return hasNext() && (bytes[position] & 0xFF) == tag;
    }

    /** Steps over the next element and gives a cursor over what is in it. */
    Der enter(int tag) throws UnusablePemException {
        if (!nextIs(tag)) {
            throw malformed();
        }
        position++;
        int length = length();
        Der content = new Der(bytes, position, position + length);
        position += length;
        return content;
    }

    /** Steps over the next element and gives its content. */
    byte[] content(int tag) throws UnusablePemException {
        return enter(tag).rest();
    }

    /** Steps over the next element and gives it whole, with tag and length. */
    byte[] element() throws UnusablePemException {
        int start = position;
        if (!hasNext()) {
            throw malformed();
        }
        enter(bytes[position] & 0xFF);
        return Arrays.copyOfRange(bytes, start, position);
    }

    /** The next element, an integer that is not negative and not large. */
    int integer() throws UnusablePemException {
        byte[] content = content(INTEGER);
        if (content.length == 0 || content.length > 4 || content[0] < 0) {
            throw malformed();
        }
        int value = 0;
        for (byte b : content) {
            value = value << 8 | (b & 0xFF);
        }
        return value;
    }

    /** The next element, an object identifier, as dotted numbers. */
    String objectId() throws UnusablePemException {
        byte[] content = content(OBJECT_ID);
        if (content.length == 0) {
            throw malformed();
        }
        StringBuilder text = new StringBuilder();
        long number = 0;
        for (byte b : content) {
            number = number << 7 | (b & 0x7F);
            if (b >= 0) {
                if (text.length() == 0) {
                    long first = Math.min(number / 40, 2);
                    text.append(first).append('.').append(number - 40 * first);
                } else {
                    text.append('.').append(number);
                }
                number = 0;
            }
        }
        return text.toString();
    }

    private byte[] rest() {
        return Arrays.copyOfRange(bytes, position, limit);
    }

    private int length() throws UnusablePemException {
        int first = position < limit ? bytes[position++] & 0xFF : 0xFF;
        int length = first;
        if (first >= 0x80) {
            int count = first & 0x7F;
            if (count == 0 || count > 3 || count > limit - position) {
                throw malformed();
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = length << 8 | (bytes[position++] & 0xFF);
            }
        }
        if (length > limit - position) {
            throw malformed();
        }
        return length;
    }

    private static UnusablePemException malformed() {
        return new UnusablePemException("is damaged: its content is not what the header line says");
    }

    /** An element of the given parts. */
    static byte[] encode(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            int count = (39 - Integer.numberOfLeadingZeros(length)) / 8;
            out.write(0x80 | count);
            for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
                out.write(length >> shift);
            }
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
