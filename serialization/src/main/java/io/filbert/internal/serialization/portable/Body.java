// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.stream.Bytes;
import io.filbert.internal.serialization.stream.DataReader;
import java.nio.ByteOrder;

/**
 * Where the parts of one object are. Nothing is trusted: the object ends inside what it is in, and its fields lie between its table of
 * positions and its end; so no object can contain itself, and following positions comes to an end.
 */
class Body {

    /** Version, end and number of fields. */
    private static final int HEADER_SIZE = 3 * Integer.BYTES;

    final DataReader in;
    // What the reader has too: fields are found faster without asking it.
    final byte[] buffer;
    final int bufferStart;
    final boolean bigEndian;
    final int factoryId;
    final int classId;
    final int version;
    final int end;
    final int fieldCount;
    /** Where the positions start, of the fields and behind them of the raw data. */
    final int positions;

    final int firstField;

    /** Reads the head of the body at the cursor. */
    Body(DataReader in, int factoryId, int classId) {
        this.in = in;
        buffer = in.buffer();
        bufferStart = in.start();
        bigEndian = in.byteOrder() == ByteOrder.BIG_ENDIAN;
        this.factoryId = factoryId;
        this.classId = classId;
        int start = in.position();
        version = in.intAt(start);
        end = in.intAt(start + Integer.BYTES);
        fieldCount = in.intAt(start + 2 * Integer.BYTES);
        positions = start + HEADER_SIZE;
        long tableEnd = positions + Integer.BYTES * (fieldCount + 1L);
        if (fieldCount < 0 || version < 0 || end > in.limit() || tableEnd > end) {
            throw in.malformed(
                    start,
                    PortableErrors.name(factoryId, classId, version) + " cannot have " + fieldCount
                            + " fields and end at " + end + " where at most " + (in.limit() - start)
                            + " bytes are left for it",
                    null);
        }
        firstField = (int) tableEnd;
    }

    /** Where a field starts. */
    int position(int index) {
        int at = Bytes.getInt(buffer, bufferStart + positions + Integer.BYTES * index, bigEndian);
        if (at < firstField || at >= end) {
            throw misplaced(index, at);
        }
        return at;
    }

    final SerializationException misplaced(int index, int at) {
        return in.malformed(
                positions + Integer.BYTES * index,
                "field " + index + " of " + name() + " cannot be at " + at + ", only from " + firstField + " to " + end,
                null);
    }

    /** Where the raw data start, which is behind all fields, so that they share no bytes; at the end, if there are none. */
    int rawData() {
        int at = in.intAt(positions + Integer.BYTES * fieldCount);
        if (at == 0) {
            return end;
        }
        if (at < firstField || at > end) {
            throw in.malformed(
                    positions + Integer.BYTES * fieldCount,
                    "the raw data of " + name() + " cannot start at " + at + ", only from " + firstField + " to " + end,
                    null);
        }
        for (int i = 0; i < fieldCount; i++) {
            int field = in.intAt(positions + Integer.BYTES * i);
            if (field >= at) {
                throw in.malformed(
                        positions + Integer.BYTES * i,
                        "field " + i + " of " + name() + " cannot be at " + field
                                + ", behind the start of the raw data at " + at,
                        null);
            }
        }
        return at;
    }

    /**
     * Where the field that has something at this position ends at the latest: where the next one starts, in the order of the bytes.
     * Nested objects must not reach beyond, or else a few bytes that are part of many objects could make very many.
     */
    int limitOf(int at) {
        int limit = end;
        int own = 0;
        boolean shared = false;
        for (int i = 0; i <= fieldCount; i++) {
            int other = in.intAt(positions + Integer.BYTES * i);
            if (other > at) {
                limit = Math.min(limit, other);
            } else if (other >= own) {
                shared = other == own && other != 0;
                own = other;
            }
        }
        if (shared) {
            throw in.malformed(own, "two fields of " + name() + " are in one place", null);
        }
        return limit;
    }

    String name() {
        return PortableErrors.name(factoryId, classId, version);
    }
}
