// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.ClassDefinitionBuilder;
import io.filbert.serialization.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a portable object holds, apart from whose interfaces it implements: {@link OurModel} and {@link OfficialModel} write and read it
 * through those of either client.
 *
 * @param shape its class
 * @param values of the fields, in the order of the shape; nested objects are models, arrays of them are arrays of models
 * @param raw what follows the fields, if anything
 */
record Model(
        Shape shape, @Nullable Object[] values, @Nullable String raw) {

    /** A class: each field with the class nested in it, if any. */
    record Shape(int classId, int version, List<Field> fields, boolean hasRaw) {

        ClassDefinition definition() {
            ClassDefinitionBuilder builder = new ClassDefinitionBuilder(Sample.FACTORY, classId, version);
            for (Field field : fields) {
                field.addTo(builder);
            }
            return builder.build();
        }

        /** This class and all in it, each once. */
        List<Shape> all() {
            List<Shape> all = new ArrayList<>(List.of(this));
            for (Field field : fields) {
                if (field.nested != null) {
                    field.nested.all().stream().filter(s -> !all.contains(s)).forEach(all::add);
                }
            }
            return all;
        }
    }

    record Field(String name, FieldType type, @Nullable Shape nested) {

        void addTo(ClassDefinitionBuilder builder) {
            switch (type) {
                case PORTABLE -> builder.addPortableField(name, nestedShape().definition());
                case PORTABLE_ARRAY ->
                    builder.addPortableArrayField(name, nestedShape().definition());
                case BYTE -> builder.addByteField(name);
                case BOOLEAN -> builder.addBooleanField(name);
                case CHAR -> builder.addCharField(name);
                case SHORT -> builder.addShortField(name);
                case INT -> builder.addIntField(name);
                case LONG -> builder.addLongField(name);
                case FLOAT -> builder.addFloatField(name);
                case DOUBLE -> builder.addDoubleField(name);
                case STRING -> builder.addStringField(name);
                case DECIMAL -> builder.addDecimalField(name);
                case TIME -> builder.addTimeField(name);
                case DATE -> builder.addDateField(name);
                case TIMESTAMP -> builder.addTimestampField(name);
                case TIMESTAMP_WITH_TIMEZONE -> builder.addTimestampWithTimezoneField(name);
                case BYTE_ARRAY -> builder.addByteArrayField(name);
                case BOOLEAN_ARRAY -> builder.addBooleanArrayField(name);
                case CHAR_ARRAY -> builder.addCharArrayField(name);
                case SHORT_ARRAY -> builder.addShortArrayField(name);
                case INT_ARRAY -> builder.addIntArrayField(name);
                case LONG_ARRAY -> builder.addLongArrayField(name);
                case FLOAT_ARRAY -> builder.addFloatArrayField(name);
                case DOUBLE_ARRAY -> builder.addDoubleArrayField(name);
                case STRING_ARRAY -> builder.addStringArrayField(name);
                case DECIMAL_ARRAY -> builder.addDecimalArrayField(name);
                case TIME_ARRAY -> builder.addTimeArrayField(name);
                case DATE_ARRAY -> builder.addDateArrayField(name);
                case TIMESTAMP_ARRAY -> builder.addTimestampArrayField(name);
                case TIMESTAMP_WITH_TIMEZONE_ARRAY -> builder.addTimestampWithTimezoneArrayField(name);
            }
        }

        Shape nestedShape() {
            if (nested == null) {
                throw new IllegalStateException(name + " nests nothing");
            }
            return nested;
        }
    }

    // ---- random ones

    /** A class with up to 15 fields, nesting others down to a depth. */
    static Shape randomShape(Random random, int depth) {
        return randomShape(random, depth, new int[] {0});
    }

    private static Shape randomShape(Random random, int depth, int[] lastClassId) {
        int classId = ++lastClassId[0];
        List<Field> fields = new ArrayList<>();
        for (int i = random.nextInt(16); i > 0; i--) {
            FieldType type = FieldType.of(random.nextInt(FieldType.TIMESTAMP_WITH_TIMEZONE_ARRAY.id() + 1));
            boolean nests = type == FieldType.PORTABLE || type == FieldType.PORTABLE_ARRAY;
            if (nests && depth == 0) {
                continue;
            }
            String name = "f" + i + "x".repeat(random.nextInt(20));
            fields.add(new Field(name, type, nests ? randomShape(random, depth - 1, lastClassId) : null));
        }
        return new Shape(classId, random.nextInt(3), List.copyOf(fields), random.nextInt(3) == 0);
    }

    /** @param nulls whether nested objects may be null and arrays of them null or empty */
    static Model random(Shape shape, Random random, boolean nulls) {
        @Nullable
        Object[] values = shape.fields.stream()
                .map(field -> randomValue(field, random, nulls))
                .toArray();
        return new Model(shape, values, shape.hasRaw ? text(random) : null);
    }

    private static @Nullable Object randomValue(Field field, Random random, boolean nulls) {
        FieldType type = field.type;
        boolean isNull = random.nextInt(6) == 0;
        if (type == FieldType.PORTABLE) {
            return nulls && isNull ? null : random(field.nestedShape(), random, nulls);
        }
        if (type == FieldType.PORTABLE_ARRAY) {
            if (nulls && isNull) {
                return random.nextBoolean() ? null : new Model[0];
            }
            Model[] items = new Model[1 + random.nextInt(3)];
            Arrays.setAll(items, i -> random(field.nestedShape(), random, nulls));
            return items;
        }
        boolean isPrimitive = type.id() >= FieldType.BYTE.id() && type.id() <= FieldType.DOUBLE.id();
        if (isNull && !isPrimitive) {
            return null;
        }
        int length = random.nextInt(5);
        return switch (type) {
            case BYTE -> (byte) random.nextInt();
            case BOOLEAN -> random.nextBoolean();
            case CHAR -> (char) random.nextInt();
            case SHORT -> (short) random.nextInt();
            case INT -> random.nextInt();
            case LONG -> random.nextLong();
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble();
            case STRING -> text(random);
            case DECIMAL -> decimal(random);
            case TIME -> time(random);
            case DATE -> date(random);
            case TIMESTAMP -> dateTime(random);
            case TIMESTAMP_WITH_TIMEZONE -> offsetDateTime(random);
            case BYTE_ARRAY -> {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                yield bytes;
            }
            case BOOLEAN_ARRAY -> {
                boolean[] values = new boolean[length];
                for (int i = 0; i < length; i++) {
                    values[i] = random.nextBoolean();
                }
                yield values;
            }
            case CHAR_ARRAY -> text(random).toCharArray();
            case SHORT_ARRAY -> {
                short[] values = new short[length];
                for (int i = 0; i < length; i++) {
                    values[i] = (short) random.nextInt();
                }
                yield values;
            }
            case INT_ARRAY -> random.ints(length).toArray();
            case LONG_ARRAY -> random.longs(length).toArray();
            case FLOAT_ARRAY -> {
                float[] values = new float[length];
                for (int i = 0; i < length; i++) {
                    values[i] = random.nextFloat();
                }
                yield values;
            }
            case DOUBLE_ARRAY -> random.doubles(length).toArray();
            case STRING_ARRAY -> array(length, String[]::new, random, r -> r.nextInt(5) == 0 ? null : text(r));
            case DECIMAL_ARRAY -> array(length, BigDecimal[]::new, random, Model::decimal);
            case TIME_ARRAY -> array(length, LocalTime[]::new, random, Model::time);
            case DATE_ARRAY -> array(length, LocalDate[]::new, random, Model::date);
            case TIMESTAMP_ARRAY -> array(length, LocalDateTime[]::new, random, Model::dateTime);
            case TIMESTAMP_WITH_TIMEZONE_ARRAY -> array(length, OffsetDateTime[]::new, random, Model::offsetDateTime);
            case PORTABLE, PORTABLE_ARRAY -> throw new AssertionError(type);
        };
    }

    /** A value that is not null, of a field that nests nothing. */
    static Object example(FieldType type) {
        Random random = new Random(type.id());
        Object value = null;
        while (value == null) {
            value = randomValue(new Field("example", type, null), random, true);
        }
        return value;
    }

    private static <T> T[] array(
            int length, IntFunction<T[]> newArray, Random random, Function<Random, @Nullable T> item) {
        T[] items = newArray.apply(length);
        Arrays.setAll(items, i -> item.apply(random));
        return items;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(10); i > 0; i--) {
            text.append(random.nextInt(4) == 0 ? "é€😀" : "abc");
        }
        return text.toString();
    }

    private static BigDecimal decimal(Random random) {
        return new BigDecimal(new BigInteger(random.nextInt(100), random).negate(), random.nextInt());
    }

    private static LocalTime time(Random random) {
        return LocalTime.ofNanoOfDay(random.nextLong(24L * 60 * 60 * 1_000_000_000));
    }

    private static LocalDate date(Random random) {
        return LocalDate.of((short) random.nextInt(), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private static LocalDateTime dateTime(Random random) {
        return LocalDateTime.of(date(random), time(random));
    }

    private static OffsetDateTime offsetDateTime(Random random) {
        int most = ZoneOffset.MAX.getTotalSeconds();
        return OffsetDateTime.of(dateTime(random), ZoneOffset.ofTotalSeconds(random.nextInt(2 * most) - most));
    }

    // ---- as a value

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Model model
                && shape.equals(model.shape)
                && Arrays.deepEquals(values, model.values)
                && java.util.Objects.equals(raw, model.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
        return "class " + shape.classId + " " + Arrays.deepToString(values) + " raw " + raw;
    }
}
