// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.serialization.FieldKind;
import org.jspecify.annotations.Nullable;

/** Arrays of numbers read by the method of the other kind: plain as nullable, and nullable as plain if no item is null. */
final class BoxedArrays {

    private BoxedArrays() {}

    static boolean @Nullable [] plain(Reading reading, Slot slot, @Nullable Boolean @Nullable [] boxed) {
        if (boxed == null) {
            return null;
        }
        boolean[] values = new boolean[boxed.length];
        for (int i = 0; i < values.length; i++) {
            Boolean value = boxed[i];
            if (value == null) {
                throw reading.form().unexpectedNull(reading.layout(), slot, FieldKind.ARRAY_OF_BOOLEAN);
            }
            values[i] = value;
        }
        return values;
    }

    static @Nullable Boolean @Nullable [] boxed(boolean @Nullable [] values) {
        if (values == null) {
            return null;
        }
        @Nullable Boolean[] boxed = new @Nullable Boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }

    static byte @Nullable [] plain(Reading reading, Slot slot, @Nullable Byte @Nullable [] boxed) {
        if (boxed == null) {
            return null;
        }
        byte[] values = new byte[boxed.length];
        for (int i = 0; i < values.length; i++) {
            Byte value = boxed[i];
            if (value == null) {
                throw reading.form().unexpectedNull(reading.layout(), slot, FieldKind.ARRAY_OF_INT8);
            }
            values[i] = value;
        }
        return values;
    }

    static @Nullable Byte @Nullable [] boxed(byte @Nullable [] values) {
        if (values == null) {
            return null;
        }
        @Nullable Byte[] boxed = new @Nullable Byte[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }

    static short @Nullable [] plain(Reading reading, Slot slot, @Nullable Short @Nullable [] boxed) {
        if (boxed == null) {
            return null;
        }
        short[] values = new short[boxed.length];
        for (int i = 0; i < values.length; i++) {
            Short value = boxed[i];
            if (value == null) {
                throw reading.form().unexpectedNull(reading.layout(), slot, FieldKind.ARRAY_OF_INT16);
            }
            values[i] = value;
        }
        return values;
    }

    static @Nullable Short @Nullable [] boxed(short @Nullable [] values) {
        if (values == null) {
            return null;
        }
        @Nullable Short[] boxed = new @Nullable Short[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }

    static int @Nullable [] plain(Reading reading, Slot slot, @Nullable Integer @Nullable [] boxed) {
        if (boxed == null) {
            return null;
        }
        int[] values = new int[boxed.length];
        for (int i = 0; i < values.length; i++) {
            Integer value = boxed[i];
            if (value == null) {
                throw reading.form().unexpectedNull(reading.layout(), slot, FieldKind.ARRAY_OF_INT32);
            }
            values[i] = value;
        }
        return values;
    }

    static @Nullable Integer @Nullable [] boxed(int @Nullable [] values) {
        if (values == null) {
            return null;
        }
        @Nullable Integer[] boxed = new @Nullable Integer[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }

    static long @Nullable [] plain(Reading reading, Slot slot, @Nullable Long @Nullable [] boxed) {
        if (boxed == null) {
            return null;
        }
        long[] values = new long[boxed.length];
        for (int i = 0; i < values.length; i++) {
            Long value = boxed[i];
            if (value == null) {
                throw reading.form().unexpectedNull(reading.layout(), slot, FieldKind.ARRAY_OF_INT64);
            }
            values[i] = value;
        }
        return values;
    }

    static @Nullable Long @Nullable [] boxed(long @Nullable [] values) {
        if (values == null) {
            return null;
        }
        @Nullable Long[] boxed = new @Nullable Long[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }

    static float @Nullable [] plain(Reading reading, Slot slot, @Nullable Float @Nullable [] boxed) {
        if (boxed == null) {
            return null;
        }
        float[] values = new float[boxed.length];
        for (int i = 0; i < values.length; i++) {
            Float value = boxed[i];
            if (value == null) {
                throw reading.form().unexpectedNull(reading.layout(), slot, FieldKind.ARRAY_OF_FLOAT32);
            }
            values[i] = value;
        }
        return values;
    }

    static @Nullable Float @Nullable [] boxed(float @Nullable [] values) {
        if (values == null) {
            return null;
        }
        @Nullable Float[] boxed = new @Nullable Float[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }

    static double @Nullable [] plain(Reading reading, Slot slot, @Nullable Double @Nullable [] boxed) {
        if (boxed == null) {
            return null;
        }
        double[] values = new double[boxed.length];
        for (int i = 0; i < values.length; i++) {
            Double value = boxed[i];
            if (value == null) {
                throw reading.form().unexpectedNull(reading.layout(), slot, FieldKind.ARRAY_OF_FLOAT64);
            }
            values[i] = value;
        }
        return values;
    }

    static @Nullable Double @Nullable [] boxed(double @Nullable [] values) {
        if (values == null) {
            return null;
        }
        @Nullable Double[] boxed = new @Nullable Double[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }
}
