// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.portable.Layout.Field;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.TimeForms;
import io.filbert.serialization.FieldDefinition;
import io.filbert.serialization.FieldType;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.Portable;
import io.filbert.serialization.PortableWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes one body by the definition of its class. Not thread-safe. */
final class FieldWriter implements PortableWriter {

    private static final int ENDED = Integer.MAX_VALUE;

    private final PortableForm form;
    private final DataWriter out;
    private final Layout layout;
    /** Where the end of the object is filled in. */
    private final int endAt;
    /** Where the positions of the fields are filled in. */
    private final int positions;
    /** How many fields are there, completely. */
    private int written;
    /** The field that comes next in the definition, which is almost always the one that is written next. */
    private int next;

    /** Writes the head. */
    FieldWriter(PortableForm form, DataWriter out, Layout layout) {
        this.form = form;
        this.out = out;
        this.layout = layout;
        int count = layout.fields.length;
        out.writeInt(layout.definition.version());
        endAt = out.reserve(Integer.BYTES);
        out.writeInt(count);
        positions = out.reserve(Integer.BYTES * (count + 1));
    }

    /** Completes the head. */
    void finish() {
        next = ENDED;
        int count = layout.fields.length;
        if (written != count) {
            throw PortableErrors.notWritten(missing(), layout.definition);
        }
        out.putIntAt(endAt, out.position());
    }

    /** A field that has been left out, or else one whose nested object failed while the program went on. */
    private String missing() {
        String nested = "";
        for (int i = 0; i < layout.fields.length; i++) {
            if (out.intAt(positions + Integer.BYTES * i) == 0) {
                return layout.fields[i].name;
            }
            FieldType type = layout.fields[i].type;
            if (type == FieldType.PORTABLE || type == FieldType.PORTABLE_ARRAY) {
                nested = layout.fields[i].name;
            }
        }
        return nested;
    }

    @Override
    public int getVersion() {
        return layout.definition.version();
    }

    @Override
    public void writeByte(String name, byte value) {
        begin(name, FieldType.BYTE);
        out.writeByte(value);
    }

    @Override
    public void writeBoolean(String name, boolean value) {
        begin(name, FieldType.BOOLEAN);
        out.writeBoolean(value);
    }

    @Override
    public void writeChar(String name, char value) {
        begin(name, FieldType.CHAR);
        out.writeChar(value);
    }

    @Override
    public void writeShort(String name, short value) {
        begin(name, FieldType.SHORT);
        out.writeShort(value);
    }

    @Override
    public void writeInt(String name, int value) {
        begin(name, FieldType.INT);
        out.writeInt(value);
    }

    @Override
    public void writeLong(String name, long value) {
        begin(name, FieldType.LONG);
        out.writeLong(value);
    }

    @Override
    public void writeFloat(String name, float value) {
        begin(name, FieldType.FLOAT);
        out.writeFloat(value);
    }

    @Override
    public void writeDouble(String name, double value) {
        begin(name, FieldType.DOUBLE);
        out.writeDouble(value);
    }

    @Override
    public void writeString(String name, @Nullable String value) {
        begin(name, FieldType.STRING);
        out.writeString(value);
    }

    @Override
    public void writeDecimal(String name, @Nullable BigDecimal value) {
        begin(name, FieldType.DECIMAL);
        out.writeBoolean(value == null);
        if (value != null) {
            DateForms.writeDecimal(out, value);
        }
    }

    @Override
    public void writeTime(String name, @Nullable LocalTime value) {
        begin(name, FieldType.TIME);
        out.writeBoolean(value == null);
        if (value != null) {
            TimeForms.writeTime(out, value);
        }
    }

    @Override
    public void writeDate(String name, @Nullable LocalDate value) {
        if (value != null) {
            requireYear(name, value.getYear());
        }
        begin(name, FieldType.DATE);
        out.writeBoolean(value == null);
        if (value != null) {
            DateForms.writeDate(out, value);
        }
    }

    @Override
    public void writeTimestamp(String name, @Nullable LocalDateTime value) {
        if (value != null) {
            requireYear(name, value.getYear());
        }
        begin(name, FieldType.TIMESTAMP);
        out.writeBoolean(value == null);
        if (value != null) {
            DateForms.writeDateTime(out, value);
        }
    }

    @Override
    public void writeTimestampWithTimezone(String name, @Nullable OffsetDateTime value) {
        if (value != null) {
            requireYear(name, value.getYear());
        }
        begin(name, FieldType.TIMESTAMP_WITH_TIMEZONE);
        out.writeBoolean(value == null);
        if (value != null) {
            DateForms.writeOffsetDateTime(out, value);
        }
    }

    @Override
    public void writeByteArray(String name, byte @Nullable [] values) {
        begin(name, FieldType.BYTE_ARRAY);
        out.writeByteArray(values);
    }

    @Override
    public void writeBooleanArray(String name, boolean @Nullable [] values) {
        begin(name, FieldType.BOOLEAN_ARRAY);
        out.writeBooleanArray(values);
    }

    @Override
    public void writeCharArray(String name, char @Nullable [] values) {
        begin(name, FieldType.CHAR_ARRAY);
        out.writeCharArray(values);
    }

    @Override
    public void writeShortArray(String name, short @Nullable [] values) {
        begin(name, FieldType.SHORT_ARRAY);
        out.writeShortArray(values);
    }

    @Override
    public void writeIntArray(String name, int @Nullable [] values) {
        begin(name, FieldType.INT_ARRAY);
        out.writeIntArray(values);
    }

    @Override
    public void writeLongArray(String name, long @Nullable [] values) {
        begin(name, FieldType.LONG_ARRAY);
        out.writeLongArray(values);
    }

    @Override
    public void writeFloatArray(String name, float @Nullable [] values) {
        begin(name, FieldType.FLOAT_ARRAY);
        out.writeFloatArray(values);
    }

    @Override
    public void writeDoubleArray(String name, double @Nullable [] values) {
        begin(name, FieldType.DOUBLE_ARRAY);
        out.writeDoubleArray(values);
    }

    @Override
    public void writeStringArray(String name, @Nullable String @Nullable [] values) {
        begin(name, FieldType.STRING_ARRAY);
        out.writeStringArray(values);
    }

    @Override
    public void writeDecimalArray(String name, BigDecimal @Nullable [] values) {
        writeItems(name, FieldType.DECIMAL_ARRAY, values, DateForms::writeDecimal);
    }

    @Override
    public void writeTimeArray(String name, LocalTime @Nullable [] values) {
        writeItems(name, FieldType.TIME_ARRAY, values, TimeForms::writeTime);
    }

    @Override
    public void writeDateArray(String name, LocalDate @Nullable [] values) {
        writeItems(name, FieldType.DATE_ARRAY, values, (to, value) -> {
            requireYear(name, value.getYear());
            DateForms.writeDate(to, value);
        });
    }

    @Override
    public void writeTimestampArray(String name, LocalDateTime @Nullable [] values) {
        writeItems(name, FieldType.TIMESTAMP_ARRAY, values, (to, value) -> {
            requireYear(name, value.getYear());
            DateForms.writeDateTime(to, value);
        });
    }

    @Override
    public void writeTimestampWithTimezoneArray(String name, OffsetDateTime @Nullable [] values) {
        writeItems(name, FieldType.TIMESTAMP_WITH_TIMEZONE_ARRAY, values, (to, value) -> {
            requireYear(name, value.getYear());
            DateForms.writeOffsetDateTime(to, value);
        });
    }

    @Override
    public void writePortable(String name, @Nullable Portable value) {
        FieldDefinition field = begin(name, FieldType.PORTABLE);
        if (value == null) {
            writeNull(field);
            return;
        }
        requireClass(field, value.getFactoryId(), value.getClassId());
        out.writeBoolean(false);
        out.writeInt(field.factoryId());
        out.writeInt(field.classId());
        written--;
        form.writeBody(out, value, field.factoryId(), field.classId());
        written++;
    }

    @Override
    public void writeNullPortable(String name, int factoryId, int classId) {
        FieldDefinition field = begin(name, FieldType.PORTABLE);
        requireClass(field, factoryId, classId);
        writeNull(field);
    }

    private void writeNull(FieldDefinition field) {
        out.writeBoolean(true);
        out.writeInt(field.factoryId());
        out.writeInt(field.classId());
    }

    @Override
    public void writePortableArray(String name, Portable @Nullable [] values) {
        FieldDefinition field = begin(name, FieldType.PORTABLE_ARRAY);
        out.writeInt(values == null ? DataWriter.NULL_LENGTH : values.length);
        out.writeInt(field.factoryId());
        out.writeInt(field.classId());
        if (values == null) {
            return;
        }
        written--;
        int items = reserve(values.length);
        for (int i = 0; i < values.length; i++) {
            Portable value = values[i];
            if (value == null) {
                throw PortableErrors.nullItem(name, PortableErrors.name(layout.definition));
            }
            requireClass(field, value.getFactoryId(), value.getClassId());
            out.putIntAt(items + Integer.BYTES * i, out.position());
            form.writeBody(out, value, field.factoryId(), field.classId());
        }
        written++;
    }

    private <T> void writeItems(
            String name, FieldType type, T @Nullable [] values, BiConsumer<DataWriter, T> itemForm) {
        begin(name, type);
        out.writeInt(values == null ? DataWriter.NULL_LENGTH : values.length);
        if (values == null) {
            return;
        }
        written--;
        int items = reserve(values.length);
        for (int i = 0; i < values.length; i++) {
            T value = values[i];
            if (value == null) {
                throw PortableErrors.nullItem(name, PortableErrors.name(layout.definition));
            }
            out.putIntAt(items + Integer.BYTES * i, out.position());
            itemForm.accept(out, value);
        }
        written++;
    }

    @Override
    public ObjectDataOutput getRawDataOutput() {
        int rawAt = positions + Integer.BYTES * layout.fields.length;
        if (out.intAt(rawAt) == 0) {
            out.putIntAt(rawAt, out.position());
            next = ENDED;
        }
        return out;
    }

    /** Room for the positions of so many items. */
    private int reserve(int count) {
        return out.reserve(Math.multiplyExact(Integer.BYTES, count));
    }

    private void requireClass(FieldDefinition field, int factoryId, int classId) {
        if (field.factoryId() != factoryId || field.classId() != classId) {
            throw PortableErrors.otherClass("write", field, layout.definition, factoryId, classId);
        }
    }

    private void requireYear(String name, int year) {
        if ((short) year != year) {
            throw PortableErrors.yearOutOfRange(name, layout.definition, year);
        }
    }

    /** Fills in the position of a field and writes what stands in front of its value; returns its definition. */
    @SuppressWarnings("ReferenceEquality") // names are interned, as constants are
    private FieldDefinition begin(String name, FieldType type) {
        int index = next;
        Field[] fields = layout.fields;
        Field field = index < fields.length ? fields[index] : null;
        if (field == null || field.name != name) {
            field = find(name);
        }
        int positionAt = positions + Integer.BYTES * field.index;
        if (field.type != type || out.intAt(positionAt) != 0) {
            throw refused(field, type);
        }
        out.putIntAt(positionAt, out.position());
        out.write(field.header);
        next = field.index + 1;
        written++;
        return field.definition;
    }

    private Field find(String name) {
        if (next == ENDED) {
            throw PortableErrors.ended(
                    name, layout.definition, "write", "getRawDataOutput() or the end of writePortable");
        }
        Field field = layout.find(name);
        if (field == null) {
            throw PortableErrors.unknownField(name, layout.definition);
        }
        return field;
    }

    private SerializationException refused(Field field, FieldType type) {
        return field.type == type
                ? PortableErrors.writtenTwice(field.name, layout.definition)
                : PortableErrors.wrongType(field.name, layout.definition, type, field.type, "write");
    }
}
