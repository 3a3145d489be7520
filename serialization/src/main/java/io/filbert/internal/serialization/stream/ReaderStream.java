// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import java.io.InputStream;
import java.util.Objects;

/** A cursor as a stream. Not thread-safe. */
final class ReaderStream extends InputStream {

    private final DataReader in;

    ReaderStream(DataReader in) {
        this.in = in;
    }

    @Override
    public int read() {
        return in.remaining() == 0 ? -1 : in.readUnsignedByte();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int count = Math.min(length, in.remaining());
        if (count == 0) {
            return -1;
        }
        in.readInto(target, offset, count);
        return count;
    }

    @Override
    public long skip(long count) {
        return in.skipBytes((int) Math.max(0, Math.min(count, Integer.MAX_VALUE)));
    }

    @Override
    public int available() {
        return in.remaining();
    }
}
