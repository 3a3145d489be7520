// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol.codec;

import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.Wire;
import io.filbert.internal.protocol.type.SqlColumnType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of fixed-size values in one frame: a byte for the form, the row count, then nothing (all rows null), all
 * values (no row null), or groups of a mask byte and the values of up to eight rows whose bits are set. Members before
 * 5.0 write a date's year in two bytes less; which width a column has shows in the length of its frame.
 */
record PackedSqlColumn(int bytes, boolean dated, Item item) implements SqlColumn {
    private static final int HEADER = 1 + Integer.BYTES;
    private static final int ALL_NULL = 1;
    private static final int NONE_NULL = 2;
    private static final int SOME_NULL = 3;
    private static final int ROWS_PER_GROUP = 8;
    /** How much shorter dates are in members before 5.0. */
    private static final int SHORT_YEAR = 2;

    private static final int DATE_BYTES = 6;
    private static final int TIME_BYTES = 7;
    private static final int DATE_TIME_BYTES = DATE_BYTES + TIME_BYTES;

    /** How one value is written and read. */
    private interface Item {
        void put(byte[] out, int at, Object value);

        Object get(byte[] in, int at, boolean shortYear);
    }

    static @Nullable SqlColumn ofType(int sqlColumnType) {
        return switch (sqlColumnType) {
            case SqlColumnType.BOOLEAN -> new PackedSqlColumn(1, false, new BooleanItem());
            case SqlColumnType.TINYINT -> new PackedSqlColumn(1, false, new ByteItem());
            case SqlColumnType.SMALLINT -> new PackedSqlColumn(Short.BYTES, false, new ShortItem());
            case SqlColumnType.INTEGER -> new PackedSqlColumn(Integer.BYTES, false, new IntItem());
            case SqlColumnType.BIGINT -> new PackedSqlColumn(Long.BYTES, false, new LongItem());
            case SqlColumnType.REAL -> new PackedSqlColumn(Float.BYTES, false, new FloatItem());
            case SqlColumnType.DOUBLE -> new PackedSqlColumn(Double.BYTES, false, new DoubleItem());
            case SqlColumnType.DATE -> new PackedSqlColumn(DATE_BYTES, true, new DateItem());
            case SqlColumnType.TIME -> new PackedSqlColumn(TIME_BYTES, false, new TimeItem());
            case SqlColumnType.TIMESTAMP -> new PackedSqlColumn(DATE_TIME_BYTES, true, new DateTimeItem());
            case SqlColumnType.TIMESTAMP_WITH_TIME_ZONE ->
                new PackedSqlColumn(DATE_TIME_BYTES + Integer.BYTES, true, new OffsetDateTimeItem());
            default -> null;
        };
    }

    @Override
    public int size(List<? extends @Nullable Object> values) {
        int present = present(values);
        int masks = form(values, present) == SOME_NULL ? groups(values.size()) : 0;
        return 6 + HEADER + masks + bytes * present;
    }

    @Override
    public int put(byte[] out, int start, List<? extends @Nullable Object> values) {
        int present = present(values);
        int form = form(values, present);
        int masks = form == SOME_NULL ? groups(values.size()) : 0;
        int at = Wire.putFrame(out, start, HEADER + masks + bytes * present);
        out[at] = (byte) form;
        Wire.putInt(out, at + 1, values.size());
        at += HEADER;
        int mask = 0;
        for (int row = 0; row < values.size() && form != ALL_NULL; row++) {
            if (form == SOME_NULL && row % ROWS_PER_GROUP == 0) {
                mask = at++;
            }
            Object value = values.get(row);
            if (value != null) {
                if (form == SOME_NULL) {
                    out[mask] |= (byte) (1 << row % ROWS_PER_GROUP);
                }
                item.put(out, at, value);
                at += bytes;
            }
        }
        return at;
    }

    private static int present(List<? extends @Nullable Object> values) {
        int present = 0;
        for (Object each : values) {
            if (each != null) {
                present++;
            }
        }
        return present;
    }

    private static int form(List<? extends @Nullable Object> values, int present) {
        return present == 0 ? ALL_NULL : present == values.size() ? NONE_NULL : SOME_NULL;
    }

    private static int groups(int rows) {
        return (rows + ROWS_PER_GROUP - 1) / ROWS_PER_GROUP;
    }

    @Override
    public List<@Nullable Object> read(MessageReader in) {
        in.fixedFrame(HEADER);
        int form = in.byteAt(0);
        int rows = in.intAt(1);
        int at = in.packedOffset() + HEADER;
        int available = in.packedEnd() - at;
        if (rows < 0 || form < ALL_NULL || form > SOME_NULL) {
            throw in.problem(at, "SQL column of form " + form + " with " + rows + " rows");
        }
        if (form == ALL_NULL) {
            // whatever the number, this takes no memory
            return Collections.nCopies(rows, null);
        }
        int shortBytes = bytes - SHORT_YEAR;
        boolean wide = fits(in.buffer(), at, available, form, rows, bytes);
        if (!wide && !(dated && fits(in.buffer(), at, available, form, rows, shortBytes))) {
            throw in.problem(at, available + " bytes cannot hold " + rows + " rows of " + bytes + " bytes each");
        }
        return values(in, at, form, rows, !wide);
    }

    /** Whether values of this width fill the frame exactly; checked before anything is allocated. */
    private static boolean fits(byte[] in, int start, int available, int form, int rows, int width) {
        if (form == NONE_NULL) {
            return (long) rows * width == available;
        }
        if (rows > (long) available * ROWS_PER_GROUP) {
            return false;
        }
        int at = start;
        int end = start + available;
        for (int row = 0; row < rows; row += ROWS_PER_GROUP) {
            if (at >= end) {
                return false;
            }
            at += 1 + width * Integer.bitCount(in[at] & maskOf(rows - row));
        }
        return at == end;
    }

    /** The mask bits that stand for rows. */
    private static int maskOf(int rowsLeft) {
        return rowsLeft >= ROWS_PER_GROUP ? 0xff : (1 << rowsLeft) - 1;
    }

    private List<@Nullable Object> values(MessageReader in, int start, int form, int rows, boolean shortYear) {
        int width = shortYear ? bytes - SHORT_YEAR : bytes;
        List<@Nullable Object> values = new ArrayList<>(rows);
        int at = start;
        int mask = 0xff;
        for (int row = 0; row < rows; row++) {
            if (form == SOME_NULL && row % ROWS_PER_GROUP == 0) {
                mask = in.buffer()[at++];
            }
            if ((mask & 1 << row % ROWS_PER_GROUP) == 0) {
                values.add(null);
                continue;
            }
            try {
                values.add(item.get(in.buffer(), at, shortYear));
            } catch (DateTimeException e) {
                throw in.problem(at, "not a date or time", e);
            }
            at += width;
        }
        return values;
    }

    private record BooleanItem() implements Item {
        @Override
        public void put(byte[] out, int at, Object value) {
            Wire.putBoolean(out, at, (Boolean) value);
        }

        @Override
        public Object get(byte[] in, int at, boolean shortYear) {
            return in[at] == 1;
        }
    }

    private record ByteItem() implements Item {
        @Override
        public void put(byte[] out, int at, Object value) {
            out[at] = (Byte) value;
        }

        @Override
        public Object get(byte[] in, int at, boolean shortYear) {
            return in[at];
        }
    }

    private record ShortItem() implements Item {
        @Override
        public void put(byte[] out, int at, Object value) {
            Wire.putShort(out, at, (Short) value);
        }

        @Override
        public Object get(byte[] in, int at, boolean shortYear) {
            return Wire.getShort(in, at);
        }
    }

    private record IntItem() implements Item {
        @Override
        public void put(byte[] out, int at, Object value) {
            Wire.putInt(out, at, (Integer) value);
        }

        @Override
        public Object get(byte[] in, int at, boolean shortYear) {
            return Wire.getInt(in, at);
        }
    }

    private record LongItem() implements Item {
        @Override
        public void put(byte[] out, int at, Object value) {
            Wire.putLong(out, at, (Long) value);
        }

        @Override
        public Object get(byte[] in, int at, boolean shortYear) {
            return Wire.getLong(in, at);
        }
    }

    private record FloatItem() implements Item {
        @Override
        public void put(byte[] out, int at, Object value) {
            Wire.putFloat(out, at, (Float) value);
        }

        @Override
        public Object get(byte[] in, int at, boolean shortYear) {
            return Float.intBitsToFloat(Wire.getInt(in, at));
        }
    }

    private record DoubleItem() implements Item {
        @Override
        public void put(byte[] out, int at, Object value) {
            Wire.putLong(out, at, Double.doubleToRawLongBits((Double) value));
        }

        @Override
        public Object get(byte[] in, int at, boolean shortYear) {
            return Double.longBitsToDouble(Wire.getLong(in, at));
        }
    }

    private record DateItem() implements Item {
        @Override
        public void put(byte[] out, int at, Object value) {
            putDate(out, at, (LocalDate) value);
        }

        @Override
        public Object get(byte[] in, int at, boolean shortYear) {
            return date(in, at, shortYear);
        }
    }

    private record TimeItem() implements Item {
        @Override
        public void put(byte[] out, int at, Object value) {
            putTime(out, at, (LocalTime) value);
        }

        @Override
        public Object get(byte[] in, int at, boolean shortYear) {
            return time(in, at);
        }
    }

    private record DateTimeItem() implements Item {
        @Override
        public void put(byte[] out, int at, Object value) {
            putDateTime(out, at, (LocalDateTime) value);
        }

        @Override
        public Object get(byte[] in, int at, boolean shortYear) {
            return dateTime(in, at, shortYear);
        }
    }

    private record OffsetDateTimeItem() implements Item {
        @Override
        public void put(byte[] out, int at, Object value) {
            OffsetDateTime dateTime = (OffsetDateTime) value;
            putDateTime(out, at, dateTime.toLocalDateTime());
            Wire.putInt(out, at + DATE_TIME_BYTES, dateTime.getOffset().getTotalSeconds());
        }

        @Override
        public Object get(byte[] in, int at, boolean shortYear) {
            int offset = Wire.getInt(in, at + DATE_TIME_BYTES - (shortYear ? SHORT_YEAR : 0));
            return OffsetDateTime.of(dateTime(in, at, shortYear), ZoneOffset.ofTotalSeconds(offset));
        }
    }

    private static void putDate(byte[] out, int at, LocalDate value) {
        Wire.putInt(out, at, value.getYear());
        out[at + 4] = (byte) value.getMonthValue();
        out[at + 5] = (byte) value.getDayOfMonth();
    }

    private static LocalDate date(byte[] in, int at, boolean shortYear) {
        int year = shortYear ? Wire.getShort(in, at) : Wire.getInt(in, at);
        int rest = at + (shortYear ? Short.BYTES : Integer.BYTES);
        return LocalDate.of(year, in[rest], in[rest + 1]);
    }

    private static void putTime(byte[] out, int at, LocalTime value) {
        out[at] = (byte) value.getHour();
        out[at + 1] = (byte) value.getMinute();
        out[at + 2] = (byte) value.getSecond();
        Wire.putInt(out, at + 3, value.getNano());
    }

    private static LocalTime time(byte[] in, int at) {
        return LocalTime.of(in[at], in[at + 1], in[at + 2], Wire.getInt(in, at + 3));
    }

    private static void putDateTime(byte[] out, int at, LocalDateTime value) {
        putDate(out, at, value.toLocalDate());
        putTime(out, at + DATE_BYTES, value.toLocalTime());
    }

    private static LocalDateTime dateTime(byte[] in, int at, boolean shortYear) {
        int timeAt = at + DATE_BYTES - (shortYear ? SHORT_YEAR : 0);
        return LocalDateTime.of(date(in, at, shortYear), time(in, timeAt));
    }
}
