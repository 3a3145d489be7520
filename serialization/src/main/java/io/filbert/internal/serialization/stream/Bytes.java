// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in byte arrays, in either byte order. The caller has checked that they fit. The loops over whole arrays are
 * here, and take everything as parameters, because so the compiler sees that nothing changes while they run.
 */
public final class Bytes {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    public static short getShort(byte[] buffer, int position, boolean bigEndian) {
        short value = (short) SHORT.get(buffer, position);
        return bigEndian ? value : Short.reverseBytes(value);
    }

    public static int getInt(byte[] buffer, int position, boolean bigEndian) {
        int value = (int) INT.get(buffer, position);
        return bigEndian ? value : Integer.reverseBytes(value);
    }

    public static long getLong(byte[] buffer, int position, boolean bigEndian) {
        long value = (long) LONG.get(buffer, position);
        return bigEndian ? value : Long.reverseBytes(value);
    }

    public static void putShort(byte[] buffer, int position, short value, boolean bigEndian) {
        SHORT.set(buffer, position, bigEndian ? value : Short.reverseBytes(value));
    }

    public static void putInt(byte[] buffer, int position, int value, boolean bigEndian) {
        INT.set(buffer, position, bigEndian ? value : Integer.reverseBytes(value));
    }

    public static void putLong(byte[] buffer, int position, long value, boolean bigEndian) {
        LONG.set(buffer, position, bigEndian ? value : Long.reverseBytes(value));
    }

    public static void putAll(byte[] buffer, int start, char[] values, boolean bigEndian) {
        for (int i = 0; i < values.length; i++) {
            putShort(buffer, start + i * Character.BYTES, (short) values[i], bigEndian);
        }
    }

    public static void putAll(byte[] buffer, int start, short[] values, boolean bigEndian) {
        for (int i = 0; i < values.length; i++) {
            putShort(buffer, start + i * Short.BYTES, values[i], bigEndian);
        }
    }

    public static void putAll(byte[] buffer, int start, int[] values, boolean bigEndian) {
        for (int i = 0; i < values.length; i++) {
            putInt(buffer, start + i * Integer.BYTES, values[i], bigEndian);
        }
    }

    public static void putAll(byte[] buffer, int start, long[] values, boolean bigEndian) {
        for (int i = 0; i < values.length; i++) {
            putLong(buffer, start + i * Long.BYTES, values[i], bigEndian);
        }
    }

    /** Unlike for a single float, the members keep the bits of each NaN. */
    public static void putAll(byte[] buffer, int start, float[] values, boolean bigEndian) {
        for (int i = 0; i < values.length; i++) {
            putInt(buffer, start + i * Float.BYTES, Float.floatToRawIntBits(values[i]), bigEndian);
        }
    }

    /** Unlike for floats, the members write each NaN alike. */
    public static void putAll(byte[] buffer, int start, double[] values, boolean bigEndian) {
        for (int i = 0; i < values.length; i++) {
            putLong(buffer, start + i * Double.BYTES, Double.doubleToLongBits(values[i]), bigEndian);
        }
    }

    public static void getAll(byte[] buffer, int start, char[] values, boolean bigEndian) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (char) getShort(buffer, start + i * Character.BYTES, bigEndian);
        }
    }

    public static void getAll(byte[] buffer, int start, short[] values, boolean bigEndian) {
        for (int i = 0; i < values.length; i++) {
            values[i] = getShort(buffer, start + i * Short.BYTES, bigEndian);
        }
    }

    public static void getAll(byte[] buffer, int start, int[] values, boolean bigEndian) {
        for (int i = 0; i < values.length; i++) {
            values[i] = getInt(buffer, start + i * Integer.BYTES, bigEndian);
        }
    }

    public static void getAll(byte[] buffer, int start, long[] values, boolean bigEndian) {
        for (int i = 0; i < values.length; i++) {
            values[i] = getLong(buffer, start + i * Long.BYTES, bigEndian);
        }
    }

    public static void getAll(byte[] buffer, int start, float[] values, boolean bigEndian) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(getInt(buffer, start + i * Float.BYTES, bigEndian));
        }
    }

    public static void getAll(byte[] buffer, int start, double[] values, boolean bigEndian) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.longBitsToDouble(getLong(buffer, start + i * Double.BYTES, bigEndian));
        }
    }
}
