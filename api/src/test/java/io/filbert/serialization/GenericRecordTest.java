// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.SerializationException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GenericRecordTest {

    private static final GenericRecord INNER =
            GenericRecord.compact("inner").setInt32("n", 1).build();

    /** What follows get and set, for all kinds, and a value. */
    private static final Map<String, Object> VALUES = new TreeMap<>(Map.ofEntries(
            Map.entry("Boolean", true),
            Map.entry("Int8", (byte) 1),
            Map.entry("Int16", (short) 2),
            Map.entry("Int32", 3),
            Map.entry("Int64", 4L),
            Map.entry("Float32", 5f),
            Map.entry("Float64", 6d),
            Map.entry("String", "seven"),
            Map.entry("Decimal", BigDecimal.TEN),
            Map.entry("Time", LocalTime.NOON),
            Map.entry("Date", LocalDate.EPOCH),
            Map.entry("Timestamp", LocalDateTime.of(LocalDate.EPOCH, LocalTime.NOON)),
            Map.entry("TimestampWithTimezone", OffsetDateTime.of(LocalDate.EPOCH, LocalTime.NOON, ZoneOffset.UTC)),
            Map.entry("GenericRecord", INNER),
            Map.entry("ArrayOfBoolean", new boolean[] {true, false}),
            Map.entry("ArrayOfInt8", new byte[] {1}),
            Map.entry("ArrayOfInt16", new short[] {2}),
            Map.entry("ArrayOfInt32", new int[] {3}),
            Map.entry("ArrayOfInt64", new long[] {4}),
            Map.entry("ArrayOfFloat32", new float[] {5}),
            Map.entry("ArrayOfFloat64", new double[] {6}),
            Map.entry("ArrayOfString", new @Nullable String[] {"seven", null}),
            Map.entry("ArrayOfDecimal", new @Nullable BigDecimal[] {BigDecimal.TEN, null}),
            Map.entry("ArrayOfTime", new @Nullable LocalTime[] {LocalTime.NOON, null}),
            Map.entry("ArrayOfDate", new @Nullable LocalDate[] {LocalDate.EPOCH, null}),
            Map.entry("ArrayOfTimestamp", new @Nullable LocalDateTime[] {null}),
            Map.entry("ArrayOfTimestampWithTimezone", new @Nullable OffsetDateTime[] {null}),
            Map.entry("ArrayOfGenericRecord", new @Nullable GenericRecord[] {INNER, null}),
            Map.entry("NullableBoolean", false),
            Map.entry("NullableInt8", (byte) 1),
            Map.entry("NullableInt16", (short) 2),
            Map.entry("NullableInt32", 3),
            Map.entry("NullableInt64", 4L),
            Map.entry("NullableFloat32", 5f),
            Map.entry("NullableFloat64", 6d),
            Map.entry("ArrayOfNullableBoolean", new @Nullable Boolean[] {true, null}),
            Map.entry("ArrayOfNullableInt8", new @Nullable Byte[] {1, null}),
            Map.entry("ArrayOfNullableInt16", new @Nullable Short[] {2, null}),
            Map.entry("ArrayOfNullableInt32", new @Nullable Integer[] {3, null}),
            Map.entry("ArrayOfNullableInt64", new @Nullable Long[] {4L, null}),
            Map.entry("ArrayOfNullableFloat32", new @Nullable Float[] {5f, null}),
            Map.entry("ArrayOfNullableFloat64", new @Nullable Double[] {6d, null})));

    static Stream<Arguments> fields() {
        return VALUES.entrySet().stream().map(field -> Arguments.of(field.getKey(), field.getValue()));
    }

    @Test
    void values_coverAllKinds() {
        long usable = Arrays.stream(FieldKind.values())
                .filter(kind -> kind != FieldKind.NOT_AVAILABLE)
                .filter(kind -> !kind.name().endsWith("CHAR") && !kind.name().endsWith("PORTABLE"))
                .count();
        assertThat(VALUES).hasSize((int) usable);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void field_isReadAsItWasSet(String suffix, Object value) {
        GenericRecord record = record(suffix, value);
        assertThat(get(record, suffix)).isEqualTo(value);
        assertThat(record.get("field")).isEqualTo(value);
        FieldKind kind = FieldKind.valueOf(suffix.replace("GenericRecord", "Compact")
                .replaceAll("(?<!^)(?=[A-Z])", "_")
                .toUpperCase(Locale.ROOT));
        assertThat(record.fieldKind("field")).isEqualTo(kind);
        assertThat(record.fieldNames()).containsExactly("field");
        assertThat(record).isEqualTo(record(suffix, value)).hasSameHashCodeAs(record(suffix, value));
        assertThat(record.toBuilder().build()).isEqualTo(record);
        assertThat(record.toString()).startsWith("type{field=");
    }

    @ParameterizedTest
    @MethodSource("fields")
    void arrays_areCopiedOnTheWayInAndOut(String suffix, Object value) {
        if (!value.getClass().isArray()) {
            return;
        }
        int length = Array.getLength(value);
        Object mine = Array.newInstance(value.getClass().getComponentType(), length);
        System.arraycopy(value, 0, mine, 0, length);
        GenericRecord record = record(suffix, mine);
        Object blank = Array.newInstance(value.getClass().getComponentType(), 1);
        System.arraycopy(blank, 0, mine, 0, 1);
        System.arraycopy(blank, 0, requireNonNull(get(record, suffix)), 0, 1);
        System.arraycopy(blank, 0, requireNonNull(record.get("field")), 0, 1);
        assertThat(get(record, suffix)).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void otherKinds_areRefused(String suffix, Object value) {
        GenericRecord record = record(suffix, value);
        for (String other : VALUES.keySet()) {
            if (!other.replace("Nullable", "").equals(suffix.replace("Nullable", ""))) {
                assertThatThrownBy(() -> get(record, other))
                        .as("%s as %s", suffix, other)
                        .isInstanceOf(SerializationException.class)
                        .hasMessageContaining("'field'")
                        .hasMessageContaining("'type'")
                        .hasMessageContaining(record.fieldKind("field").toString());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void nullableAndPlain_areExchangeable(String suffix, Object value) {
        if (suffix.startsWith("Nullable")) {
            String plain = suffix.replace("Nullable", "");
            assertThat(get(record(suffix, value), plain)).isEqualTo(value);
            assertThat(get(record(plain, value), suffix)).isEqualTo(value);
            assertThatThrownBy(() -> get(record(suffix, null), plain))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("get" + suffix);
        } else if (suffix.startsWith("ArrayOfNullable")) {
            String plain = suffix.replace("Nullable", "");
            assertThatThrownBy(() -> get(record(suffix, value), plain))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("get" + suffix);
            Object plainValue = requireNonNull(VALUES.get(plain));
            Object boxed = requireNonNull(get(record(plain, plainValue), suffix));
            assertThat(get(record(suffix, boxed), plain)).isEqualTo(plainValue);
        }
    }

    @Test
    void unknownField() {
        GenericRecord record = GenericRecord.compact("cat").setInt32("age", 4).build();
        assertThat(record.fieldKind("name")).isEqualTo(FieldKind.NOT_AVAILABLE);
        assertThatThrownBy(() -> record.getString("name"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("'cat'")
                .hasMessageContaining("'name'")
                .hasMessageContaining("age INT32");
        assertThatThrownBy(() -> record.get("name")).isInstanceOf(SerializationException.class);
    }

    @Test
    void builder_replacesValuesButNotKinds() {
        GenericRecord.Builder builder =
                GenericRecord.compact("cat").setInt32("age", 4).setString("name", "Felix");
        GenericRecord first = builder.build();
        GenericRecord second = builder.setInt32("age", 5).build();
        assertThat(first.getInt32("age")).isEqualTo(4);
        assertThat(second.getInt32("age")).isEqualTo(5);
        assertThatThrownBy(() -> builder.setInt64("age", 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'age'")
                .hasMessageContaining("INT32")
                .hasMessageContaining("INT64");
        assertThat(builder.build()).isEqualTo(second);
        assertThat(first.toBuilder()
                        .setInt32("age", 5)
                        .setBoolean("black", true)
                        .build())
                .hasToString("cat{age=5, black=true, name=Felix}");
    }

    @Test
    void arraysOfDifferentTypes_areRefused() {
        GenericRecord other = GenericRecord.compact("other").build();
        assertThatThrownBy(() -> GenericRecord.compact("type")
                        .setArrayOfGenericRecord("a", new @Nullable GenericRecord[] {null, INNER, other}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'inner'")
                .hasMessageContaining("'other'");
    }

    @Test
    void equality_looksAtTypeNamesKindsAndValues() {
        GenericRecord record = GenericRecord.compact("a").setInt32("x", 1).build();
        assertThat(record)
                .isNotEqualTo(GenericRecord.compact("b").setInt32("x", 1).build())
                .isNotEqualTo(GenericRecord.compact("a").setInt32("y", 1).build())
                .isNotEqualTo(GenericRecord.compact("a").setInt32("x", 2).build())
                .isNotEqualTo(
                        GenericRecord.compact("a").setNullableInt32("x", 1).build())
                .isNotEqualTo("a{x=1}");
        assertThat(GenericRecord.compact("a").build()).hasToString("a{}");
        GenericRecord nested = GenericRecord.compact("a")
                .setArrayOfGenericRecord("g", new GenericRecord[] {record})
                .build();
        assertThat(nested).hasToString("a{g=[a{x=1}]}");
    }

    @Test
    void fieldNames_areSortedAndCannotBeChanged() {
        GenericRecord record = GenericRecord.compact("a")
                .setInt32("c", 1)
                .setInt32("a", 1)
                .setInt32("b", 1)
                .build();
        assertThat(record.fieldNames()).containsExactly("a", "b", "c");
        assertThatThrownBy(() -> record.fieldNames().remove("a")).isInstanceOf(UnsupportedOperationException.class);
    }

    private static GenericRecord record(String suffix, @Nullable Object value) {
        GenericRecord.Builder builder = GenericRecord.compact("type");
        invoke(GenericRecord.Builder.class, builder, "set" + suffix, "field", value);
        return builder.build();
    }

    private static @Nullable Object get(GenericRecord record, String suffix) {
        return invoke(GenericRecord.class, record, "get" + suffix, "field");
    }

    private static @Nullable Object invoke(Class<?> type, Object target, String name, @Nullable Object... arguments) {
        Method method = Arrays.stream(type.getMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findAny()
                .orElseThrow(() -> new AssertionError("no method " + name));
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(name, e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(name, e);
        }
    }
}
