// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.serialization.ClassDefinition;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notes which fields an object writes, and drops their values: that makes the definition of its class. Raw data are written, and taken
 * back by the caller. Not thread-safe.
 */
final class DefinitionRecorder implements PortableWriter {

    private final PortableForm form;
    private final DataWriter out;
    private final int factoryId;
    private final int classId;
    private final int version;
    private final List<FieldDefinition> fields = new ArrayList<>();
    private boolean ended;

    DefinitionRecorder(PortableForm form, DataWriter out, int factoryId, int classId, int version) {
        this.form = form;
        this.out = out;
        this.factoryId = factoryId;
        this.classId = classId;
        this.version = version;
    }

    ClassDefinition definition() {
        ended = true;
        return new ClassDefinition(factoryId, classId, version, fields);
    }

    @Override
    public int getVersion() {
        return version;
    }

    @Override
    public void writeByte(String name, byte value) {
        add(name, FieldType.BYTE);
    }

    @Override
    public void writeBoolean(String name, boolean value) {
        add(name, FieldType.BOOLEAN);
    }

    @Override
    public void writeChar(String name, char value) {
        add(name, FieldType.CHAR);
    }

    @Override
    public void writeShort(String name, short value) {
        add(name, FieldType.SHORT);
    }

    @Override
    public void writeInt(String name, int value) {
        add(name, FieldType.INT);
    }

    @Override
    public void writeLong(String name, long value) {
        add(name, FieldType.LONG);
    }

    @Override
    public void writeFloat(String name, float value) {
        add(name, FieldType.FLOAT);
    }

    @Override
    public void writeDouble(String name, double value) {
        add(name, FieldType.DOUBLE);
    }

    @Override
    public void writeString(String name, @Nullable String value) {
        add(name, FieldType.STRING);
    }

    @Override
    public void writeDecimal(String name, @Nullable BigDecimal value) {
        add(name, FieldType.DECIMAL);
    }

    @Override
    public void writeTime(String name, @Nullable LocalTime value) {
        add(name, FieldType.TIME);
    }

    @Override
    public void writeDate(String name, @Nullable LocalDate value) {
        add(name, FieldType.DATE);
    }

    @Override
    public void writeTimestamp(String name, @Nullable LocalDateTime value) {
        add(name, FieldType.TIMESTAMP);
    }

    @Override
    public void writeTimestampWithTimezone(String name, @Nullable OffsetDateTime value) {
        add(name, FieldType.TIMESTAMP_WITH_TIMEZONE);
    }

    @Override
    public void writeByteArray(String name, byte @Nullable [] values) {
        add(name, FieldType.BYTE_ARRAY);
    }

    @Override
    public void writeBooleanArray(String name, boolean @Nullable [] values) {
        add(name, FieldType.BOOLEAN_ARRAY);
    }

    @Override
    public void writeCharArray(String name, char @Nullable [] values) {
        add(name, FieldType.CHAR_ARRAY);
    }

    @Override
    public void writeShortArray(String name, short @Nullable [] values) {
        add(name, FieldType.SHORT_ARRAY);
    }

    @Override
    public void writeIntArray(String name, int @Nullable [] values) {
        add(name, FieldType.INT_ARRAY);
    }

    @Override
    public void writeLongArray(String name, long @Nullable [] values) {
        add(name, FieldType.LONG_ARRAY);
    }

    @Override
    public void writeFloatArray(String name, float @Nullable [] values) {
        add(name, FieldType.FLOAT_ARRAY);
    }

    @Override
    public void writeDoubleArray(String name, double @Nullable [] values) {
        add(name, FieldType.DOUBLE_ARRAY);
    }

    @Override
    public void writeStringArray(String name, @Nullable String @Nullable [] values) {
        add(name, FieldType.STRING_ARRAY);
    }

    @Override
    public void writeDecimalArray(String name, BigDecimal @Nullable [] values) {
        add(name, FieldType.DECIMAL_ARRAY);
    }

    @Override
    public void writeTimeArray(String name, LocalTime @Nullable [] values) {
        add(name, FieldType.TIME_ARRAY);
    }

    @Override
    public void writeDateArray(String name, LocalDate @Nullable [] values) {
        add(name, FieldType.DATE_ARRAY);
    }

    @Override
    public void writeTimestampArray(String name, LocalDateTime @Nullable [] values) {
        add(name, FieldType.TIMESTAMP_ARRAY);
    }

    @Override
    public void writeTimestampWithTimezoneArray(String name, OffsetDateTime @Nullable [] values) {
        add(name, FieldType.TIMESTAMP_WITH_TIMEZONE_ARRAY);
    }

    @Override
    public void writePortable(String name, @Nullable Portable value) {
        if (value == null) {
            throw PortableErrors.nullWithoutDefinition(name, words());
        }
        addNested(name, FieldType.PORTABLE, value);
    }

    @Override
    public void writeNullPortable(String name, int nestedFactoryId, int nestedClassId) {
        int nestedVersion = version;
        if (nestedFactoryId != factoryId || nestedClassId != classId) {
            Layout nested = form.definitions.findAny(nestedFactoryId, nestedClassId, form.portableVersion);
            if (nested == null) {
                throw PortableErrors.nullOfUnknownClass(name, words(), nestedFactoryId, nestedClassId);
            }
            nestedVersion = nested.definition.version();
        }
        add(name, FieldType.PORTABLE, nestedFactoryId, nestedClassId, nestedVersion);
    }

    @Override
    public void writePortableArray(String name, Portable @Nullable [] values) {
        if (values == null || values.length == 0) {
            throw PortableErrors.nullWithoutDefinition(name, words());
        }
        for (Portable value : values) {
            if (value == null) {
                throw PortableErrors.nullItem(name, words());
            }
        }
        FieldDefinition field = addNested(name, FieldType.PORTABLE_ARRAY, values[0]);
        for (Portable value : values) {
            if (value.getFactoryId() != field.factoryId() || value.getClassId() != field.classId()) {
                throw PortableErrors.mixedArray(name, words(), field, value.getFactoryId(), value.getClassId());
            }
        }
    }

    @Override
    public ObjectDataOutput getRawDataOutput() {
        ended = true;
        return out;
    }

    private FieldDefinition addNested(String name, FieldType type, Portable value) {
        ClassDefinition nested = form.layoutToWrite(out, value, value.getFactoryId(), value.getClassId()).definition;
        return add(name, type, nested.factoryId(), nested.classId(), nested.version());
    }

    private void add(String name, FieldType type) {
        add(name, type, 0, 0, 0);
    }

    private FieldDefinition add(
            String name, FieldType type, int nestedFactoryId, int nestedClassId, int nestedVersion) {
        if (ended) {
            throw PortableErrors.ended(name, definition(), "write", "getRawDataOutput() or the end of writePortable");
        }
        FieldDefinition field =
                new FieldDefinition(fields.size(), name, type, nestedFactoryId, nestedClassId, nestedVersion);
        for (FieldDefinition other : fields) {
            if (other.name().equals(name)) {
                throw PortableErrors.writtenTwice(name, definition());
            }
        }
        fields.add(field);
        return field;
    }

    private String words() {
        return PortableErrors.name(factoryId, classId, version);
    }
}
