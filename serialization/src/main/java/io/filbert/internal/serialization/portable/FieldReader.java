// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.portable.Layout.Field;
import io.filbert.internal.serialization.stream.Bytes;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.TimeForms;
import io.filbert.serialization.FieldDefinition;
import io.filbert.serialization.FieldType;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.Portable;
import io.filbert.serialization.PortableReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads one body by the definition of the version that wrote it: a field costs its position, a comparison of the name that stands
 * there, and its value. Not thread-safe.
 */
final class FieldReader extends Body implements PortableReader {

    private static final int ENDED = Integer.MAX_VALUE;

    /** In front of the body of a nested object, or in place of it: whether it is null, factory, class. */
    private static final int NESTED_SIZE = 1 + 2 * Integer.BYTES;

    private final PortableForm form;
    final Layout layout;
    /** Whether the class has another version here, so that fields may be missing and numbers narrower. */
    private boolean morphing;
    /** The field that comes next in the definition, which is almost always the one that is read next. */
    private int next;

    /** Reads the head of the body at the cursor. */
    FieldReader(PortableForm form, DataReader in, int factoryId, int classId) {
        super(in, factoryId, classId);
        this.form = form;
        this.layout = form.layoutToRead(in, this);
    }

    /** Lets fields be missing and numbers narrower. */
    void morph() {
        morphing = true;
    }

    /** No field is read after this call. */
    void finish() {
        next = ENDED;
    }

    @Override
    public int getVersion() {
        return version;
    }

    @Override
    public boolean hasField(String name) {
        return layout.find(name) != null;
    }

    @Override
    public Set<String> getFieldNames() {
        return layout.nameSet();
    }

    @Override
    public FieldType getFieldType(String name) {
        return existing(name).type;
    }

    @Override
    public int getFieldClassId(String name) {
        return existing(name).definition.classId();
    }

    private Field existing(String name) {
        Field field = layout.find(name);
        if (field == null) {
            throw PortableErrors.unknownField(name, layout.definition);
        }
        return field;
    }

    @Override
    public byte readByte(String name) {
        int at = locate(name, FieldType.BYTE, Byte.BYTES);
        return at < 0 ? 0 : buffer[bufferStart + at];
    }

    @Override
    public boolean readBoolean(String name) {
        int at = locate(name, FieldType.BOOLEAN, 1);
        return at >= 0 && buffer[bufferStart + at] != 0;
    }

    @Override
    public char readChar(String name) {
        int at = locate(name, FieldType.CHAR, Character.BYTES);
        return at < 0 ? 0 : (char) Bytes.getShort(buffer, bufferStart + at, bigEndian);
    }

    @Override
    public short readShort(String name) {
        int at = find(name, FieldType.SHORT, Short.BYTES);
        return at >= 0
                ? Bytes.getShort(buffer, bufferStart + at, bigEndian)
                : (short) wholeNumber(name, FieldType.SHORT);
    }

    @Override
    public int readInt(String name) {
        int at = find(name, FieldType.INT, Integer.BYTES);
        return at >= 0 ? Bytes.getInt(buffer, bufferStart + at, bigEndian) : (int) wholeNumber(name, FieldType.INT);
    }

    @Override
    public long readLong(String name) {
        int at = find(name, FieldType.LONG, Long.BYTES);
        return at >= 0 ? Bytes.getLong(buffer, bufferStart + at, bigEndian) : wholeNumber(name, FieldType.LONG);
    }

    @Override
    public float readFloat(String name) {
        int at = find(name, FieldType.FLOAT, Float.BYTES);
        return at >= 0
                ? Float.intBitsToFloat(Bytes.getInt(buffer, bufferStart + at, bigEndian))
                : (float) number(name, FieldType.FLOAT);
    }

    @Override
    public double readDouble(String name) {
        int at = find(name, FieldType.DOUBLE, Double.BYTES);
        return at >= 0
                ? Double.longBitsToDouble(Bytes.getLong(buffer, bufferStart + at, bigEndian))
                : number(name, FieldType.DOUBLE);
    }

    @Override
    public @Nullable String readString(String name) {
        return goTo(name, FieldType.STRING) ? in.readString() : null;
    }

    @Override
    public @Nullable BigDecimal readDecimal(String name) {
        return goTo(name, FieldType.DECIMAL) && !in.readBoolean() ? DateForms.readDecimal(in) : null;
    }

    @Override
    public @Nullable LocalTime readTime(String name) {
        return goTo(name, FieldType.TIME) && !in.readBoolean() ? TimeForms.readTime(in) : null;
    }

    @Override
    public @Nullable LocalDate readDate(String name) {
        return goTo(name, FieldType.DATE) && !in.readBoolean() ? DateForms.readDate(in) : null;
    }

    @Override
    public @Nullable LocalDateTime readTimestamp(String name) {
        return goTo(name, FieldType.TIMESTAMP) && !in.readBoolean() ? DateForms.readDateTime(in) : null;
    }

    @Override
    public @Nullable OffsetDateTime readTimestampWithTimezone(String name) {
        return goTo(name, FieldType.TIMESTAMP_WITH_TIMEZONE) && !in.readBoolean()
                ? DateForms.readOffsetDateTime(in)
                : null;
    }

    @Override
    public byte @Nullable [] readByteArray(String name) {
        return goTo(name, FieldType.BYTE_ARRAY) ? in.readByteArray() : null;
    }

    @Override
    public boolean @Nullable [] readBooleanArray(String name) {
        return goTo(name, FieldType.BOOLEAN_ARRAY) ? in.readBooleanArray() : null;
    }

    @Override
    public char @Nullable [] readCharArray(String name) {
        return goTo(name, FieldType.CHAR_ARRAY) ? in.readCharArray() : null;
    }

    @Override
    public short @Nullable [] readShortArray(String name) {
        return goTo(name, FieldType.SHORT_ARRAY) ? in.readShortArray() : null;
    }

    @Override
    public int @Nullable [] readIntArray(String name) {
        return goTo(name, FieldType.INT_ARRAY) ? in.readIntArray() : null;
    }

    @Override
    public long @Nullable [] readLongArray(String name) {
        return goTo(name, FieldType.LONG_ARRAY) ? in.readLongArray() : null;
    }

    @Override
    public float @Nullable [] readFloatArray(String name) {
        return goTo(name, FieldType.FLOAT_ARRAY) ? in.readFloatArray() : null;
    }

    @Override
    public double @Nullable [] readDoubleArray(String name) {
        return goTo(name, FieldType.DOUBLE_ARRAY) ? in.readDoubleArray() : null;
    }

    @Override
    public @Nullable String @Nullable [] readStringArray(String name) {
        return goTo(name, FieldType.STRING_ARRAY) ? in.readStringArray() : null;
    }

    @Override
    public BigDecimal @Nullable [] readDecimalArray(String name) {
        return readItems(name, FieldType.DECIMAL_ARRAY, BigDecimal[]::new, DateForms::readDecimal);
    }

    @Override
    public LocalTime @Nullable [] readTimeArray(String name) {
        return readItems(name, FieldType.TIME_ARRAY, LocalTime[]::new, TimeForms::readTime);
    }

    @Override
    public LocalDate @Nullable [] readDateArray(String name) {
        return readItems(name, FieldType.DATE_ARRAY, LocalDate[]::new, DateForms::readDate);
    }

    @Override
    public LocalDateTime @Nullable [] readTimestampArray(String name) {
        return readItems(name, FieldType.TIMESTAMP_ARRAY, LocalDateTime[]::new, DateForms::readDateTime);
    }

    @Override
    public OffsetDateTime @Nullable [] readTimestampWithTimezoneArray(String name) {
        return readItems(
                name, FieldType.TIMESTAMP_WITH_TIMEZONE_ARRAY, OffsetDateTime[]::new, DateForms::readOffsetDateTime);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // what was written is the caller's to know
    public <T extends Portable> @Nullable T readPortable(String name) {
        int at = find(name, FieldType.PORTABLE, NESTED_SIZE);
        if (at >= 0) {
            return (T) readPortableAt(at, name);
        }
        FieldReader holder = elsewhere(name, FieldType.PORTABLE);
        return holder == null ? null : holder.readPortable(rest(name));
    }

    private @Nullable Portable readPortableAt(int at, String name) {
        if (in.byteAt(at) != 0) {
            return null;
        }
        in.seek(at + 1);
        int outerEnd = in.narrow(limitOf(at));
        try {
            FieldDefinition field = readClass(name);
            return form.readBody(in, field.factoryId(), field.classId());
        } finally {
            in.widen(outerEnd);
        }
    }

    @Override
    public Portable @Nullable [] readPortableArray(String name) {
        int at = find(name, FieldType.PORTABLE_ARRAY, 1);
        if (at >= 0) {
            return readPortableArrayAt(at, name);
        }
        FieldReader holder = elsewhere(name, FieldType.PORTABLE_ARRAY);
        return holder == null ? null : holder.readPortableArray(rest(name));
    }

    private Portable @Nullable [] readPortableArrayAt(int at, String name) {
        in.seek(at);
        int outerEnd = in.narrow(limitOf(at));
        try {
            int count = in.readLength(Integer.BYTES);
            if (count == DataWriter.NULL_LENGTH) {
                return null;
            }
            Portable[] values = new Portable[count];
            if (count > 0) {
                FieldDefinition field = readClass(name);
                int positions = in.position();
                in.seek(positions + Integer.BYTES * count);
                for (int i = 0; i < count; i++) {
                    goToItem(positions + Integer.BYTES * i);
                    values[i] = form.readBody(in, field.factoryId(), field.classId());
                }
            }
            return values;
        } finally {
            in.widen(outerEnd);
        }
    }

    private <T> T @Nullable [] readItems(
            String name, FieldType type, IntFunction<T[]> newArray, Function<DataReader, T> itemForm) {
        if (!goTo(name, type)) {
            return null;
        }
        int count = in.readLength(Integer.BYTES);
        if (count == DataWriter.NULL_LENGTH) {
            return null;
        }
        T[] values = newArray.apply(count);
        int positions = in.position();
        in.seek(positions + Integer.BYTES * count);
        for (int i = 0; i < count; i++) {
            goToItem(positions + Integer.BYTES * i);
            values[i] = itemForm.apply(in);
        }
        return values;
    }

    /** Items follow one another, so many positions cannot share one item, which would make much of little. */
    private void goToItem(int positionAt) {
        int at = in.intAt(positionAt);
        if (at < in.position()) {
            throw in.malformed(
                    positionAt,
                    "an item of an array in " + name() + " cannot be at " + at + ", before the one before",
                    null);
        }
        in.seek(at);
    }

    /** Reads of which class a nested object is. */
    private FieldDefinition readClass(String name) {
        FieldDefinition field = existing(name).definition;
        int factoryId = in.readInt();
        int classId = in.readInt();
        if (factoryId != field.factoryId() || classId != field.classId()) {
            throw PortableErrors.otherClass("read", field, layout.definition, factoryId, classId);
        }
        return field;
    }

    @Override
    public ObjectDataInput getRawDataInput() {
        if (next != ENDED) {
            in.seek(rawData());
            next = ENDED;
        }
        return in;
    }

    // ---- where a field is

    private boolean goTo(String name, FieldType type) {
        int at = locate(name, type, 1);
        if (at < 0) {
            return false;
        }
        in.seek(at);
        return true;
    }

    /**
     * Where the value of a field starts; -1 if it is missing, as it may be when another version wrote the object.
     *
     * @param size how many bytes it has at least
     */
    private int locate(String name, FieldType type, int size) {
        int at = find(name, type, size);
        return at >= 0 ? at : locateElsewhere(name, type, size);
    }

    /**
     * Where the value of a field of exactly this name and type starts; -1 if there is none. All of it is in this one method, because
     * the compiler goes down so many calls only, and programs come here from far above.
     */
    @SuppressWarnings("ReferenceEquality") // names are interned, as constants are
    private int find(String name, FieldType type, int size) {
        int index = next;
        Field[] fields = layout.fields;
        Field field = index < fields.length ? fields[index] : null;
        if (field == null || field.name != name) {
            field = find(name);
            if (field == null) {
                return -1;
            }
        }
        next = field.index + 1;
        if (field.type != type) {
            return -1;
        }
        int at = Bytes.getInt(buffer, bufferStart + positions + Integer.BYTES * field.index, bigEndian);
        int value = at + field.header.length;
        // In front of each value are at least eight bytes, be it of the positions.
        if (at < firstField
                || at >= end
                || size > end - value
                || ((Bytes.getLong(buffer, bufferStart + value - Long.BYTES, bigEndian) ^ field.tail) & field.tailMask)
                        != 0
                || (field.start != 0 && Bytes.getLong(buffer, bufferStart + at, bigEndian) != field.start)) {
            throw otherField(field);
        }
        return value;
    }

    private @Nullable Field find(String name) {
        if (next == ENDED) {
            throw PortableErrors.ended(name, layout.definition, "read", "getRawDataInput() or the end of readPortable");
        }
        return layout.find(name);
    }

    private SerializationException otherField(Field field) {
        return in.malformed(
                position(field.index),
                "field " + field.index + " should be \"" + field.name + "\" (" + field.type
                        + ") but something else is there, " + PortableErrors.otherFields(layout.definition),
                null);
    }

    private int locateElsewhere(String name, FieldType type, int size) {
        FieldReader holder = elsewhere(name, type);
        return holder == null ? -1 : holder.locate(rest(name), type, size);
    }

    /** The nested object to go on with if the name is a path; null if there is no such field, which another version may lack. */
    private @Nullable FieldReader elsewhere(String name, FieldType type) {
        Field field = layout.find(name);
        if (field != null) {
            throw PortableErrors.wrongType(name, layout.definition, type, field.type, "read");
        }
        int dot = name.indexOf('.');
        if (dot >= 0) {
            return nested(name.substring(0, dot), name);
        }
        if (!morphing) {
            throw PortableErrors.unknownField(name, layout.definition);
        }
        return null;
    }

    private static String rest(String path) {
        return path.substring(path.indexOf('.') + 1);
    }

    private @Nullable FieldReader nested(String name, String path) {
        int at = locate(name, FieldType.PORTABLE, NESTED_SIZE);
        if (at < 0) {
            return null;
        }
        if (in.byteAt(at) != 0) {
            throw PortableErrors.nullParent(name, path, layout.definition);
        }
        in.seek(at + 1);
        FieldDefinition field = readClass(name);
        FieldReader nested = new FieldReader(form, in, field.factoryId(), field.classId());
        nested.morphing = morphing;
        return nested;
    }

    // ---- numbers written as narrower ones

    private long wholeNumber(String name, FieldType wanted) {
        Field field = find(name);
        if (field == null || !accepts(wanted, field.type)) {
            FieldReader holder = elsewhere(name, wanted);
            return holder == null ? 0 : holder.wholeNumber(rest(name), wanted);
        }
        int at = find(name, field.type, 1);
        return switch (field.type) {
            case BYTE -> in.byteAt(at);
            case CHAR -> (char) in.shortAt(at);
            case SHORT -> in.shortAt(at);
            case INT -> in.intAt(at);
            default -> in.longAt(at);
        };
    }

    private double number(String name, FieldType wanted) {
        Field field = find(name);
        if (field == null || !accepts(wanted, field.type)) {
            FieldReader holder = elsewhere(name, wanted);
            return holder == null ? 0 : holder.number(rest(name), wanted);
        }
        int at = find(name, field.type, 1);
        return switch (field.type) {
            case FLOAT -> Float.intBitsToFloat(in.intAt(at));
            case DOUBLE -> Double.longBitsToDouble(in.longAt(at));
            default -> wholeNumber(name, field.type);
        };
    }

    private boolean accepts(FieldType wanted, FieldType written) {
        if (wanted == written) {
            return true;
        }
        boolean below = switch (written) {
            case BYTE -> true;
            case CHAR, SHORT -> wanted != FieldType.SHORT;
            case INT -> wanted != FieldType.SHORT && wanted != FieldType.INT;
            case LONG, FLOAT -> wanted == FieldType.DOUBLE;
            default -> false;
        };
        return morphing && below;
    }
}
