// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import java.io.OutputStream;

/** A cursor as a stream. Not thread-safe. */
final class WriterStream extends OutputStream {

    private final DataWriter out;

    WriterStream(DataWriter out) {
        this.out = out;
    }

    @Override
    public void write(int value) {
        out.writeByte(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        out.write(bytes, offset, length);
    }
}
