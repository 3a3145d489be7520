// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Strings to UTF-8 and back without a buffer in between. Both ways are strict. An unpaired surrogate has no form in UTF-8, and
 * is refused: a question mark in its place, as {@link String#getBytes(Charset)} has it, would make two keys the same. What cannot be
 * read is refused too.
 */
public final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int CHUNK = 1024;

    private static final int LONG = 128;
    private static final int TOO_LONG = Integer.MAX_VALUE / 4;

    private static final long LOWEST_BITS = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;
    private static final long QUESTION_MARKS = '?' * LOWEST_BITS;

    private Utf8() {}

    /**
     * Whether the JDK had better encode the text, whose loops over the inside of a text look at many characters at once: that is
     * faster by more than the copy costs. Shorter texts do without the copy, and the longest have no room for it.
     */
    public static boolean isLong(String text) {
        int length = text.length();
        return length > LONG && length < TOO_LONG;
    }

    /** The bytes of a string that {@link #isLong}. */
    public static byte[] encodeLong(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // The JDK writes a question mark in place of an unpaired surrogate, and is much faster than a look at each character.
        if (hasQuestionMark(bytes)) {
            requirePairs(text);
        }
        return bytes;
    }

    /** Looks at eight bytes at once. */
    private static boolean hasQuestionMark(byte[] bytes) {
        int i = 0;
        for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
            long zeroWhereFound = Bytes.getLong(bytes, i, true) ^ QUESTION_MARKS;
            if (((zeroWhereFound - LOWEST_BITS) & ~zeroWhereFound & HIGHEST_BITS) != 0) {
                return true;
            }
        }
        for (; i < bytes.length; i++) {
            if (bytes[i] == '?') {
                return true;
            }
        }
        return false;
    }

    private static void requirePairs(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!isPair(text, i)) {
                    throw SerializationErrors.unpairedSurrogate(i);
                }
                i++;
            }
        }
    }

    /** How many characters at the start of the text take one byte each; most texts have no others. */
    public static int asciiPrefix(String text) {
        int length = text.length();
        int i = 0;
        while (i < length && text.charAt(i) < 0x80) {
            i++;
        }
        return i;
    }

    /** How many bytes the text takes whose {@link #asciiPrefix} the caller has counted. */
    public static long size(String text, int asciiPrefix) {
        int length = text.length();
        long size = asciiPrefix;
        for (int i = asciiPrefix; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                size++;
            } else if (c < 0x800) {
                size += 2;
            } else if (!Character.isSurrogate(c)) {
                size += 3;
            } else if (isPair(text, i)) {
                size += 4;
                i++;
            } else {
                throw SerializationErrors.unpairedSurrogate(i);
            }
        }
        return size;
    }

    /** Writes the text whose {@link #asciiPrefix} the caller has counted and for whose {@link #size} there is room. */
    @SuppressWarnings("deprecation") // it copies the low byte of each character, which for ASCII is right and fastest
    public static void encode(String text, int asciiPrefix, byte[] target, int position) {
        text.getBytes(0, asciiPrefix, target, position);
        int length = text.length();
        if (asciiPrefix < length) {
            encodeFrom(text, asciiPrefix, length, target, position + asciiPrefix);
        }
    }

    private static void encodeFrom(String text, int start, int end, byte[] target, int position) {
        int p = position;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                target[p++] = (byte) c;
            } else if (c < 0x800) {
                target[p++] = (byte) (0xC0 | (c >> 6));
                target[p++] = continuation(c);
            } else if (!Character.isSurrogate(c)) {
                target[p++] = (byte) (0xE0 | (c >> 12));
                target[p++] = continuation(c >> 6);
                target[p++] = continuation(c);
            } else if (isPair(text, i)) {
                int codePoint = Character.toCodePoint(c, text.charAt(++i));
                target[p++] = (byte) (0xF0 | (codePoint >> 18));
                target[p++] = continuation(codePoint >> 12);
                target[p++] = continuation(codePoint >> 6);
                target[p++] = continuation(codePoint);
            } else {
                throw SerializationErrors.unpairedSurrogate(i);
            }
        }
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }

    private static boolean isPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    /** The text in a checked range of the buffer; {@code typeId} and {@code offset} are for the error. */
    public static String decode(byte[] buffer, int position, int length, int typeId, int offset) {
        String text = new String(buffer, position, length, StandardCharsets.UTF_8);
        // The fast decoder marks what it cannot read with this character, which a stored text may also really contain.
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireValid(buffer, position, length, typeId, offset);
        }
        return text;
    }

    private static void requireValid(byte[] buffer, int position, int length, int typeId, int offset) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(buffer, position, length);
        CharBuffer out = CharBuffer.allocate(CHUNK);
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        if (result.isError()) {
            int bad = offset + in.position() - position;
            throw SerializationErrors.malformed(typeId, bad, "a text holds bytes that are not UTF-8", null);
        }
    }
}
