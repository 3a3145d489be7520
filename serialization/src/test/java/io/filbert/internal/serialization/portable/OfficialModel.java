// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import com.hazelcast.nio.serialization.Portable;
import com.hazelcast.nio.serialization.PortableReader;
import com.hazelcast.nio.serialization.PortableWriter;
import com.hazelcast.nio.serialization.VersionedPortable;
import io.filbert.internal.serialization.portable.Model.Field;
import io.filbert.internal.serialization.portable.Model.Shape;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A model through the interfaces of the official client. */
@SuppressWarnings({"NullAway", "removal"
}) // which fields are null is what is tested; the client announces the end of this form
final class OfficialModel implements VersionedPortable {

    private final Shape shape;
    private @Nullable Model model;

    /** An object to be written. */
    OfficialModel(Model model) {
        this.shape = model.shape();
        this.model = model;
    }

    /** An object to be read. */
    OfficialModel(Shape shape) {
        this.shape = shape;
    }

    Model model() {
        return model;
    }

    @Override
    public int getFactoryId() {
        return Sample.FACTORY;
    }

    @Override
    public int getClassId() {
        return shape.classId();
    }

    @Override
    public int getClassVersion() {
        return shape.version();
    }

    @Override
    public void writePortable(PortableWriter writer) throws IOException {
        for (int i = 0; i < shape.fields().size(); i++) {
            Field field = shape.fields().get(i);
            String name = field.name();
            Object value = model.values()[i];
            switch (field.type()) {
                case PORTABLE -> {
                    if (value == null) {
                        writer.writeNullPortable(
                                name, Sample.FACTORY, field.nestedShape().classId());
                    } else {
                        writer.writePortable(name, new OfficialModel((Model) value));
                    }
                }
                case PORTABLE_ARRAY ->
                    writer.writePortableArray(
                            name,
                            value == null
                                    ? null
                                    : Arrays.stream((Model[]) value)
                                            .map(OfficialModel::new)
                                            .toArray(Portable[]::new));
                case BYTE -> writer.writeByte(name, (Byte) value);
                case BOOLEAN -> writer.writeBoolean(name, (Boolean) value);
                case CHAR -> writer.writeChar(name, (Character) value);
                case SHORT -> writer.writeShort(name, (Short) value);
                case INT -> writer.writeInt(name, (Integer) value);
                case LONG -> writer.writeLong(name, (Long) value);
                case FLOAT -> writer.writeFloat(name, (Float) value);
                case DOUBLE -> writer.writeDouble(name, (Double) value);
                case STRING -> writer.writeString(name, (String) value);
                case DECIMAL -> writer.writeDecimal(name, (BigDecimal) value);
                case TIME -> writer.writeTime(name, (LocalTime) value);
                case DATE -> writer.writeDate(name, (LocalDate) value);
                case TIMESTAMP -> writer.writeTimestamp(name, (LocalDateTime) value);
                case TIMESTAMP_WITH_TIMEZONE -> writer.writeTimestampWithTimezone(name, (OffsetDateTime) value);
                case BYTE_ARRAY -> writer.writeByteArray(name, (byte[]) value);
                case BOOLEAN_ARRAY -> writer.writeBooleanArray(name, (boolean[]) value);
                case CHAR_ARRAY -> writer.writeCharArray(name, (char[]) value);
                case SHORT_ARRAY -> writer.writeShortArray(name, (short[]) value);
                case INT_ARRAY -> writer.writeIntArray(name, (int[]) value);
                case LONG_ARRAY -> writer.writeLongArray(name, (long[]) value);
                case FLOAT_ARRAY -> writer.writeFloatArray(name, (float[]) value);
                case DOUBLE_ARRAY -> writer.writeDoubleArray(name, (double[]) value);
                case STRING_ARRAY -> writer.writeStringArray(name, (String[]) value);
                case DECIMAL_ARRAY -> writer.writeDecimalArray(name, (BigDecimal[]) value);
                case TIME_ARRAY -> writer.writeTimeArray(name, (LocalTime[]) value);
                case DATE_ARRAY -> writer.writeDateArray(name, (LocalDate[]) value);
                case TIMESTAMP_ARRAY -> writer.writeTimestampArray(name, (LocalDateTime[]) value);
                case TIMESTAMP_WITH_TIMEZONE_ARRAY ->
                    writer.writeTimestampWithTimezoneArray(name, (OffsetDateTime[]) value);
            }
        }
        if (shape.hasRaw()) {
            writer.getRawDataOutput().writeString(model.raw());
        }
    }

    /** In an order of its own, because each field can be read at any time. */
    @Override
    public void readPortable(PortableReader reader) throws IOException {
        Object[] values = new Object[shape.fields().size()];
        List<Integer> order =
                Arrays.asList(IntStream.range(0, values.length).boxed().toArray(Integer[]::new));
        if (values.length % 2 == 0) {
            Collections.shuffle(order, new Random(values.length));
        }
        for (int i : order) {
            values[i] = read(reader, shape.fields().get(i));
        }
        model = new Model(
                shape, values, shape.hasRaw() ? reader.getRawDataInput().readString() : null);
    }

    private static Object read(PortableReader reader, Field field) throws IOException {
        String name = field.name();
        return switch (field.type()) {
            case PORTABLE -> {
                Portable nested = reader.readPortable(name);
                yield nested == null ? null : ((OfficialModel) nested).model;
            }
            case PORTABLE_ARRAY -> {
                Portable[] nested = reader.readPortableArray(name);
                yield nested == null
                        ? null
                        : Arrays.stream(nested)
                                .map(item -> ((OfficialModel) item).model)
                                .toArray(Model[]::new);
            }
            case BYTE -> reader.readByte(name);
            case BOOLEAN -> reader.readBoolean(name);
            case CHAR -> reader.readChar(name);
            case SHORT -> reader.readShort(name);
            case INT -> reader.readInt(name);
            case LONG -> reader.readLong(name);
            case FLOAT -> reader.readFloat(name);
            case DOUBLE -> reader.readDouble(name);
            case STRING -> reader.readString(name);
            case DECIMAL -> reader.readDecimal(name);
            case TIME -> reader.readTime(name);
            case DATE -> reader.readDate(name);
            case TIMESTAMP -> reader.readTimestamp(name);
            case TIMESTAMP_WITH_TIMEZONE -> reader.readTimestampWithTimezone(name);
            case BYTE_ARRAY -> reader.readByteArray(name);
            case BOOLEAN_ARRAY -> reader.readBooleanArray(name);
            case CHAR_ARRAY -> reader.readCharArray(name);
            case SHORT_ARRAY -> reader.readShortArray(name);
            case INT_ARRAY -> reader.readIntArray(name);
            case LONG_ARRAY -> reader.readLongArray(name);
            case FLOAT_ARRAY -> reader.readFloatArray(name);
            case DOUBLE_ARRAY -> reader.readDoubleArray(name);
            case STRING_ARRAY -> reader.readStringArray(name);
            case DECIMAL_ARRAY -> reader.readDecimalArray(name);
            case TIME_ARRAY -> reader.readTimeArray(name);
            case DATE_ARRAY -> reader.readDateArray(name);
            case TIMESTAMP_ARRAY -> reader.readTimestampArray(name);
            case TIMESTAMP_WITH_TIMEZONE_ARRAY -> reader.readTimestampWithTimezoneArray(name);
        };
    }
}
