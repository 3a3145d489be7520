// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.TypeId;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Object streams that a member has compressed, which it does if so configured. An object stream itself begins otherwise. */
final class Gzip {

    private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0};
    private static final int REST_OF_HEADER = 6;
    private static final int TRAILER_SIZE = 8;
    private static final int CHUNK = 4096;

    /** So that few bytes cannot become very many: what is larger than the limit must not have been compressed better than this. */
    private static final long MAX_RATIO = 100;

    private Gzip() {}

    static boolean startsAt(DataReader in) {
        int position = in.position();
        return in.size() - position >= 2 && in.byteAt(position) == HEADER[0] && in.byteAt(position + 1) == HEADER[1];
    }

    /**
     * Reads the compressed bytes, exactly, and returns what they stand for.
     *
     * @param limit how many there may be, however well they were compressed
     */
    static byte[] inflate(DataReader in, int limit) {
        int start = in.position();
        byte[] header = new byte[HEADER.length];
        in.readInto(header);
        if (!Arrays.equals(header, HEADER)) {
            throw in.malformed(start, "the bytes are compressed in a way that members do not use", null);
        }
        in.readInto(new byte[REST_OF_HEADER]);
        Inflater inflater = new Inflater(true);
        try {
            byte[] inflated = inflate(in, inflater, start, limit);
            checkTrailer(in, inflated);
            return inflated;
        } catch (DataFormatException e) {
            throw in.malformed(start, "the compressed bytes are damaged", e);
        } finally {
            inflater.end();
        }
    }

    private static byte[] inflate(DataReader in, Inflater inflater, int start, int limit) throws DataFormatException {
        byte[] chunk = new byte[Math.min(CHUNK, Math.max(1, in.size() - in.position()))];
        byte[] inflated = new byte[CHUNK];
        int length = 0;
        while (!inflater.finished()) {
            if (inflater.needsInput()) {
                int count = Math.min(chunk.length, in.size() - in.position());
                if (count == 0) {
                    throw in.malformed(start, "the compressed bytes end too early", null);
                }
                in.readInto(chunk, 0, count);
                inflater.setInput(chunk, 0, count);
            }
            if (length == inflated.length) {
                inflated = Arrays.copyOf(inflated, (int) Math.min(DataWriter.MAX_SIZE, 2L * length));
            }
            length += inflater.inflate(inflated, length, inflated.length - length);
            boolean tooLarge = length > limit && length > MAX_RATIO * inflater.getBytesRead();
            if (tooLarge || length == DataWriter.MAX_SIZE) {
                throw new SerializationException("Cannot deserialize type id " + in.typeId() + " ("
                        + TypeId.nameOf(in.typeId()) + ") at offset " + start
                        + ": it was compressed, and takes more than "
                        + limit + " bytes and more than " + MAX_RATIO
                        + " times its compressed size. If it really is that large, raise maxDecompressedBytes");
            }
        }
        in.seek(in.position() - inflater.getRemaining());
        return Arrays.copyOf(inflated, length);
    }

    private static void checkTrailer(DataReader in, byte[] inflated) {
        int offset = in.position();
        byte[] trailer = new byte[TRAILER_SIZE];
        in.readInto(trailer);
        CRC32 sum = new CRC32();
        sum.update(inflated);
        if (littleEndian(trailer, 0) != (int) sum.getValue() || littleEndian(trailer, 4) != inflated.length) {
            throw in.malformed(offset, "the compressed bytes are damaged", null);
        }
    }

    private static int littleEndian(byte[] bytes, int at) {
        return (bytes[at] & 0xFF)
                | ((bytes[at + 1] & 0xFF) << 8)
                | ((bytes[at + 2] & 0xFF) << 16)
                | ((bytes[at + 3] & 0xFF) << 24);
    }
}
