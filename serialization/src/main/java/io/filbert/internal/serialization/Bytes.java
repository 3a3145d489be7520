// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in byte arrays, in either byte order. The caller has checked that they fit. */
final class Bytes {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    static short getShort(byte[] buffer, int position, boolean bigEndian) {
        short value = (short) SHORT.get(buffer, position);
        return bigEndian ? value : Short.reverseBytes(value);
    }

    static int getInt(byte[] buffer, int position, boolean bigEndian) {
        int value = (int) INT.get(buffer, position);
        return bigEndian ? value : Integer.reverseBytes(value);
    }

    static long getLong(byte[] buffer, int position, boolean bigEndian) {
        long value = (long) LONG.get(buffer, position);
        return bigEndian ? value : Long.reverseBytes(value);
    }

    static void putShort(byte[] buffer, int position, short value, boolean bigEndian) {
        SHORT.set(buffer, position, bigEndian ? value : Short.reverseBytes(value));
    }

    static void putInt(byte[] buffer, int position, int value, boolean bigEndian) {
        INT.set(buffer, position, bigEndian ? value : Integer.reverseBytes(value));
    }

    static void putLong(byte[] buffer, int position, long value, boolean bigEndian) {
        LONG.set(buffer, position, bigEndian ? value : Long.reverseBytes(value));
    }
}
