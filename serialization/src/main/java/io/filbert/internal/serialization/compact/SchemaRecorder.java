// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.internal.serialization.schema.Schema;
import io.filbert.serialization.CompactWriter;
import io.filbert.serialization.FieldKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Learns the schema of a class from what its first object writes; looks at no value. Not thread-safe. */
final class SchemaRecorder implements CompactWriter {

    private final String typeName;
    private final List<Schema.Field> fields = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    SchemaRecorder(String typeName) {
        this.typeName = typeName;
    }

    Schema schema() {
        return new Schema(typeName, fields);
    }

    private void add(String name, FieldKind kind) {
        if (!names.add(Objects.requireNonNull(name, "the name of a field"))) {
            throw CompactErrors.writtenTwice(typeName, name, kind);
        }
        fields.add(new Schema.Field(name, kind));
    }

    @Override
    public void writeBoolean(String name, boolean value) {
        add(name, FieldKind.BOOLEAN);
    }

    @Override
    public void writeInt8(String name, byte value) {
        add(name, FieldKind.INT8);
    }

    @Override
    public void writeInt16(String name, short value) {
        add(name, FieldKind.INT16);
    }

    @Override
    public void writeInt32(String name, int value) {
        add(name, FieldKind.INT32);
    }

    @Override
    public void writeInt64(String name, long value) {
        add(name, FieldKind.INT64);
    }

    @Override
    public void writeFloat32(String name, float value) {
        add(name, FieldKind.FLOAT32);
    }

    @Override
    public void writeFloat64(String name, double value) {
        add(name, FieldKind.FLOAT64);
    }

    @Override
    public void writeString(String name, @Nullable String value) {
        add(name, FieldKind.STRING);
    }

    @Override
    public void writeDecimal(String name, @Nullable BigDecimal value) {
        add(name, FieldKind.DECIMAL);
    }

    @Override
    public void writeTime(String name, @Nullable LocalTime value) {
        add(name, FieldKind.TIME);
    }

    @Override
    public void writeDate(String name, @Nullable LocalDate value) {
        add(name, FieldKind.DATE);
    }

    @Override
    public void writeTimestamp(String name, @Nullable LocalDateTime value) {
        add(name, FieldKind.TIMESTAMP);
    }

    @Override
    public void writeTimestampWithTimezone(String name, @Nullable OffsetDateTime value) {
        add(name, FieldKind.TIMESTAMP_WITH_TIMEZONE);
    }

    @Override
    public void writeCompact(String name, @Nullable Object value) {
        add(name, FieldKind.COMPACT);
    }

    @Override
    public void writeArrayOfBoolean(String name, boolean @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_BOOLEAN);
    }

    @Override
    public void writeArrayOfInt8(String name, byte @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_INT8);
    }

    @Override
    public void writeArrayOfInt16(String name, short @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_INT16);
    }

    @Override
    public void writeArrayOfInt32(String name, int @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_INT32);
    }

    @Override
    public void writeArrayOfInt64(String name, long @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_INT64);
    }

    @Override
    public void writeArrayOfFloat32(String name, float @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_FLOAT32);
    }

    @Override
    public void writeArrayOfFloat64(String name, double @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_FLOAT64);
    }

    @Override
    public void writeArrayOfString(String name, @Nullable String @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_STRING);
    }

    @Override
    public void writeArrayOfDecimal(String name, @Nullable BigDecimal @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_DECIMAL);
    }

    @Override
    public void writeArrayOfTime(String name, @Nullable LocalTime @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_TIME);
    }

    @Override
    public void writeArrayOfDate(String name, @Nullable LocalDate @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_DATE);
    }

    @Override
    public void writeArrayOfTimestamp(String name, @Nullable LocalDateTime @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_TIMESTAMP);
    }

    @Override
    public void writeArrayOfTimestampWithTimezone(String name, @Nullable OffsetDateTime @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_TIMESTAMP_WITH_TIMEZONE);
    }

    @Override
    public void writeArrayOfCompact(String name, @Nullable Object @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_COMPACT);
    }

    @Override
    public void writeNullableBoolean(String name, @Nullable Boolean value) {
        add(name, FieldKind.NULLABLE_BOOLEAN);
    }

    @Override
    public void writeNullableInt8(String name, @Nullable Byte value) {
        add(name, FieldKind.NULLABLE_INT8);
    }

    @Override
    public void writeNullableInt16(String name, @Nullable Short value) {
        add(name, FieldKind.NULLABLE_INT16);
    }

    @Override
    public void writeNullableInt32(String name, @Nullable Integer value) {
        add(name, FieldKind.NULLABLE_INT32);
    }

    @Override
    public void writeNullableInt64(String name, @Nullable Long value) {
        add(name, FieldKind.NULLABLE_INT64);
    }

    @Override
    public void writeNullableFloat32(String name, @Nullable Float value) {
        add(name, FieldKind.NULLABLE_FLOAT32);
    }

    @Override
    public void writeNullableFloat64(String name, @Nullable Double value) {
        add(name, FieldKind.NULLABLE_FLOAT64);
    }

    @Override
    public void writeArrayOfNullableBoolean(String name, @Nullable Boolean @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_NULLABLE_BOOLEAN);
    }

    @Override
    public void writeArrayOfNullableInt8(String name, @Nullable Byte @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_NULLABLE_INT8);
    }

    @Override
    public void writeArrayOfNullableInt16(String name, @Nullable Short @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_NULLABLE_INT16);
    }

    @Override
    public void writeArrayOfNullableInt32(String name, @Nullable Integer @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_NULLABLE_INT32);
    }

    @Override
    public void writeArrayOfNullableInt64(String name, @Nullable Long @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_NULLABLE_INT64);
    }

    @Override
    public void writeArrayOfNullableFloat32(String name, @Nullable Float @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_NULLABLE_FLOAT32);
    }

    @Override
    public void writeArrayOfNullableFloat64(String name, @Nullable Double @Nullable [] values) {
        add(name, FieldKind.ARRAY_OF_NULLABLE_FLOAT64);
    }
}
