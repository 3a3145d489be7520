// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol.codec;

import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.Wire;
import io.filbert.internal.protocol.WireType;
import io.filbert.internal.protocol.WireTypes;
import io.filbert.internal.protocol.type.HazelcastJsonValue;
import io.filbert.internal.protocol.type.SqlColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wire form of one column of a SQL page. Stateless. */
interface SqlColumn {
    int size(List<? extends @Nullable Object> values);

    int put(byte[] out, int at, List<? extends @Nullable Object> values);

    List<@Nullable Object> read(MessageReader in);

    /** The form of a type's columns, or null for an unknown type. */
    static @Nullable SqlColumn ofType(int sqlColumnType) {
        return switch (sqlColumnType) {
            case SqlColumnType.VARCHAR, SqlColumnType.ROW -> Forms.TEXT;
            case SqlColumnType.DECIMAL -> Forms.DECIMAL;
            case SqlColumnType.OBJECT -> Forms.OBJECT;
            case SqlColumnType.JSON -> Forms.JSON;
            case SqlColumnType.NULL -> Forms.NOTHING;
            default -> PackedSqlColumn.ofType(sqlColumnType);
        };
    }

    /** The forms that are lists of frames, or less. */
    final class Forms {
        static final SqlColumn TEXT = frames(WireTypes.STRING);
        static final SqlColumn OBJECT = frames(WireTypes.DATA);
        static final SqlColumn JSON = frames(new JsonType());
        static final SqlColumn DECIMAL = frames(new DecimalType());
        static final SqlColumn NOTHING = new NothingColumn();

        private Forms() {}

        private static <T> SqlColumn frames(WireType<T> type) {
            return new FramesColumn<>(WireTypes.listOfNullable(type));
        }
    }

    /** A frame or more per row, between a begin and an end frame. */
    record FramesColumn<T>(WireType<List<@Nullable T>> list) implements SqlColumn {
        @Override
        @SuppressWarnings("unchecked") // a page of wrong values fails with a ClassCastException, as it should
        public int size(List<? extends @Nullable Object> values) {
            return list.size((List<@Nullable T>) values);
        }

        @Override
        @SuppressWarnings("unchecked") // see above
        public int put(byte[] out, int at, List<? extends @Nullable Object> values) {
            return list.put(out, at, (List<@Nullable T>) values);
        }

        @Override
        public List<@Nullable Object> read(MessageReader in) {
            return new ArrayList<>(list.read(in));
        }
    }

    /** A column whose rows are all null by its type; only their number travels. */
    record NothingColumn() implements SqlColumn {
        @Override
        public int size(List<? extends @Nullable Object> values) {
            return 6 + Integer.BYTES;
        }

        @Override
        public int put(byte[] out, int start, List<? extends @Nullable Object> values) {
            int at = Wire.putFrame(out, start, Integer.BYTES);
            Wire.putInt(out, at, values.size());
            return at + Integer.BYTES;
        }

        @Override
        public List<@Nullable Object> read(MessageReader in) {
            in.fixedFrame(Integer.BYTES);
            int rows = in.intAt(0);
            if (rows < 0) {
                throw in.problem(in.packedOffset(), rows + " rows in a SQL column");
            }
            // whatever the number, this takes no memory
            return Collections.nCopies(rows, null);
        }
    }

    /** The text of a JSON value, wrapped like any custom type. */
    record JsonType() implements WireType<String> {
        @Override
        public int size(String value) {
            return HazelcastJsonValueType.INSTANCE.size(new HazelcastJsonValue(value));
        }

        @Override
        public int put(byte[] out, int at, String value) {
            return HazelcastJsonValueType.INSTANCE.put(out, at, new HazelcastJsonValue(value));
        }

        @Override
        public String read(MessageReader in) {
            return HazelcastJsonValueType.INSTANCE.read(in).value();
        }
    }

    /** Length of the unscaled value, the unscaled value big-endian, the scale. */
    record DecimalType() implements WireType<BigDecimal> {
        private static final int LENGTH_AND_SCALE = 2 * Integer.BYTES;

        @Override
        public int size(BigDecimal value) {
            return 6 + LENGTH_AND_SCALE + value.unscaledValue().bitLength() / 8 + 1;
        }

        @Override
        public int put(byte[] out, int start, BigDecimal value) {
            byte[] unscaled = value.unscaledValue().toByteArray();
            int at = Wire.putFrame(out, start, LENGTH_AND_SCALE + unscaled.length);
            Wire.putInt(out, at, unscaled.length);
            System.arraycopy(unscaled, 0, out, at + Integer.BYTES, unscaled.length);
            Wire.putInt(out, at + Integer.BYTES + unscaled.length, value.scale());
            return at + LENGTH_AND_SCALE + unscaled.length;
        }

        @Override
        public BigDecimal read(MessageReader in) {
            int available = in.takePacked(1) - LENGTH_AND_SCALE;
            int at = in.packedOffset();
            int length = available < 1 ? -1 : Wire.getInt(in.buffer(), at);
            if (length < 1 || length > available) {
                throw in.problem(at, "decimal with " + length + " bytes where " + available + " are left");
            }
            int from = at + Integer.BYTES;
            byte[] unscaled = Arrays.copyOfRange(in.buffer(), from, from + length);
            return new BigDecimal(new BigInteger(unscaled), Wire.getInt(in.buffer(), from + length));
        }
    }
}
