// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import java.util.UUID;

/** A fixed-size type that can be packed into entries. */
public interface FixedType<T> {
    FixedType<Integer> INT = new FixedType<>() {
        @Override
        public int bytes() {
            return Integer.BYTES;
        }

        @Override
        public void put(byte[] out, int at, Integer value) {
            Wire.putInt(out, at, value);
        }

        @Override
        public Integer get(byte[] in, int at) {
            return Wire.getInt(in, at);
        }
    };

    FixedType<Long> LONG = new FixedType<>() {
        @Override
        public int bytes() {
            return Long.BYTES;
        }

        @Override
        public void put(byte[] out, int at, Long value) {
            Wire.putLong(out, at, value);
        }

        @Override
        public Long get(byte[] in, int at) {
            return Wire.getLong(in, at);
        }
    };

    FixedType<UUID> UUID = new FixedType<>() {
        @Override
        public int bytes() {
            return Wire.UUID_BYTES;
        }

        @Override
        public void put(byte[] out, int at, UUID value) {
            Wire.putUuid(out, at, value);
        }

        @Override
        public UUID get(byte[] in, int at) {
            UUID value = Wire.getUuid(in, at);
            return value == null ? Wire.NIL_UUID : value;
        }
    };

    int bytes();

    void put(byte[] out, int at, T value);

    T get(byte[] in, int at);
}
