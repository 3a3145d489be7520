// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Objects.requireNonNull;

import com.hazelcast.nio.serialization.genericrecord.GenericRecordBuilder;
import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import io.filbert.serialization.FieldKind;
import io.filbert.serialization.GenericRecord;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** An object with any fields, and serializers of it for both services. */
record Bag(Map<String, FieldKind> kinds, Map<String, @Nullable Object> values) {

    static final List<FieldKind> KINDS =
            Arrays.stream(FieldKind.values()).filter(Kinds::isUsable).toList();

    /** An object inside a bag. */
    record Coin(int value, @Nullable String motto) {

        GenericRecord record() {
            return GenericRecord.compact("coin")
                    .setInt32("value", value)
                    .setString("motto", motto)
                    .build();
        }

        com.hazelcast.nio.serialization.genericrecord.GenericRecord officialRecord() {
            return GenericRecordBuilder.compact("coin")
                    .setInt32("value", value)
                    .setString("motto", motto)
                    .build();
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bag bag
                && bag.kinds.equals(kinds)
                && Arrays.deepEquals(sorted(bag.values), sorted(values));
    }

    @Override
    public int hashCode() {
        return kinds.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Bag");
        kinds.forEach((name, kind) -> text.append("\n  '")
                .append(name)
                .append("' ")
                .append(kind)
                .append(" = ")
                .append(Arrays.deepToString(new @Nullable Object[] {values.get(name)})));
        return text.toString();
    }

    private static @Nullable Object[] sorted(Map<String, @Nullable Object> values) {
        return values.keySet().stream().sorted().map(values::get).toArray();
    }

    // ---- random ones

    static Bag random(Random random, int fields) {
        Map<String, FieldKind> kinds = new LinkedHashMap<>();
        for (int i = 0; i < fields; i++) {
            kinds.put(randomName(random), KINDS.get(random.nextInt(KINDS.size())));
        }
        return random(random, kinds);
    }

    static Bag random(Random random, Map<String, FieldKind> kinds) {
        Map<String, @Nullable Object> values = new HashMap<>();
        kinds.forEach((name, kind) -> values.put(name, randomValue(random, kind)));
        return new Bag(kinds, values);
    }

    private static String randomName(Random random) {
        String[] letters = {"a", "b", "c", "Z", "_", "é", "€", "\uFFFD", "😀"};
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            name.append(letters[random.nextInt(letters.length)]);
        }
        return name.toString();
    }

    static @Nullable Object randomValue(Random random, FieldKind kind) {
        String name = kind.name();
        if (name.startsWith("ARRAY_OF_")) {
            return random.nextInt(5) == 0 ? null : randomArray(random, name.substring("ARRAY_OF_".length()));
        }
        boolean plain = Kinds.fixedSize(kind) > 0 || kind == FieldKind.BOOLEAN;
        return !plain && random.nextInt(4) == 0 ? null : randomItem(random, name.replace("NULLABLE_", ""));
    }

    private static Object randomArray(Random random, String kind) {
        int length = random.nextInt(random.nextInt(20) == 0 ? 300 : 6);
        Object example = randomItem(random, kind.replace("NULLABLE_", ""));
        boolean plain = !kind.startsWith("NULLABLE_") && PRIMITIVES.containsKey(example.getClass());
        Class<?> type = plain ? requireNonNull(PRIMITIVES.get(example.getClass())) : example.getClass();
        Object array = Array.newInstance(type, length);
        for (int i = 0; i < length; i++) {
            if (plain || random.nextInt(4) > 0) {
                Array.set(array, i, randomItem(random, kind.replace("NULLABLE_", "")));
            }
        }
        return array;
    }

    static final Map<Class<?>, Class<?>> PRIMITIVES = Map.of(
            Boolean.class, boolean.class,
            Byte.class, byte.class,
            Short.class, short.class,
            Integer.class, int.class,
            Long.class, long.class,
            Float.class, float.class,
            Double.class, double.class);

    static Object randomItem(Random random, String kind) {
        return switch (kind) {
            case "BOOLEAN" -> random.nextBoolean();
            case "INT8" -> (byte) random.nextInt();
            case "INT16" -> (short) random.nextInt();
            case "INT32" -> random.nextInt();
            case "INT64" -> random.nextLong();
            case "FLOAT32" -> Float.intBitsToFloat(random.nextInt());
            case "FLOAT64" -> Double.longBitsToDouble(random.nextLong());
            case "STRING" -> "x€😀".repeat(random.nextInt(random.nextInt(30) == 0 ? 100 : 4));
            case "DECIMAL" -> new BigDecimal(new BigInteger(random.nextInt(1, 120), random).negate(), random.nextInt());
            case "TIME" -> LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L));
            case "DATE" -> LocalDate.of(random.nextInt(-999_999_999, 999_999_999), random.nextInt(1, 13), 28);
            case "TIMESTAMP" ->
                LocalDateTime.of((LocalDate) randomItem(random, "DATE"), (LocalTime) randomItem(random, "TIME"));
            case "TIMESTAMP_WITH_TIMEZONE" ->
                OffsetDateTime.of(
                        (LocalDateTime) randomItem(random, "TIMESTAMP"),
                        ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 3600, 18 * 3600 + 1)));
            case "COMPACT" -> new Coin(random.nextInt(), random.nextBoolean() ? "e pluribus" : null);
            default -> throw new AssertionError(kind);
        };
    }

    // ---- as records, which write their fields by name

    Bag byName() {
        return new Bag(new TreeMap<>(kinds), values);
    }

    GenericRecord record() {
        GenericRecord.Builder builder = GenericRecord.compact("bag");
        kinds.forEach(
                (name, kind) -> set(builder, name, kind, coins(values.get(name), Coin::record, GenericRecord[]::new)));
        return builder.build();
    }

    com.hazelcast.nio.serialization.genericrecord.GenericRecord officialRecord() {
        GenericRecordBuilder builder = GenericRecordBuilder.compact("bag");
        kinds.forEach((name, kind) -> set(
                builder,
                name,
                kind,
                coins(
                        values.get(name),
                        Coin::officialRecord,
                        com.hazelcast.nio.serialization.genericrecord.GenericRecord[]::new)));
        return builder.build();
    }

    private static void set(Object builder, String name, FieldKind kind, @Nullable Object value) {
        Class<?> type = builder instanceof GenericRecordBuilder ? GenericRecordBuilder.class : builder.getClass();
        call(builder, type, "set" + Kinds.methodSuffix(kind).replace("Compact", "GenericRecord"), name, value);
    }

    private static <T> @Nullable Object coins(
            @Nullable Object value, Function<Coin, T> record, IntFunction<@Nullable T[]> array) {
        if (value instanceof Coin coin) {
            return record.apply(coin);
        }
        return value instanceof @Nullable Coin[] coins
                ? Arrays.stream(coins)
                        .map(coin -> coin == null ? null : record.apply(coin))
                        .toArray(array)
                : value;
    }

    // ---- serializers: the names of the methods are the same on both sides, and follow from the kinds

    private static void write(Object writer, Class<?> type, Bag bag) {
        bag.kinds.forEach(
                (name, kind) -> call(writer, type, "write" + Kinds.methodSuffix(kind), name, bag.values.get(name)));
    }

    private static Bag read(Object reader, Class<?> type, Map<String, FieldKind> kinds) {
        Map<String, @Nullable Object> values = new HashMap<>();
        List<String> names = new ArrayList<>(kinds.keySet());
        Collections.shuffle(names, new Random(names.size())); // in any order
        for (String name : names) {
            FieldKind kind = requireNonNull(kinds.get(name));
            String method = "read" + Kinds.methodSuffix(kind);
            values.put(
                    name,
                    kind == FieldKind.ARRAY_OF_COMPACT
                            ? call(reader, type, method, name, Coin.class)
                            : call(reader, type, method, name));
        }
        return new Bag(kinds, values);
    }

    private static @Nullable Object call(Object target, Class<?> type, String name, @Nullable Object... arguments) {
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
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
        throw new AssertionError("no method " + name);
    }

    /** Ours; writes whatever a bag has, reads these fields. */
    record Serializer(Map<String, FieldKind> kinds) implements CompactSerializer<Bag> {
        @Override
        public Bag read(CompactReader reader) {
            return Bag.read(reader, CompactReader.class, kinds);
        }

        @Override
        public void write(CompactWriter writer, Bag object) {
            Bag.write(writer, CompactWriter.class, object);
        }

        @Override
        public Class<Bag> getCompactClass() {
            return Bag.class;
        }

        @Override
        public String getTypeName() {
            return "bag";
        }
    }

    /** Theirs. */
    record OfficialSerializer(Map<String, FieldKind> kinds)
            implements com.hazelcast.nio.serialization.compact.CompactSerializer<Bag> {
        @Override
        public Bag read(com.hazelcast.nio.serialization.compact.CompactReader reader) {
            return Bag.read(reader, com.hazelcast.nio.serialization.compact.CompactReader.class, kinds);
        }

        @Override
        public void write(com.hazelcast.nio.serialization.compact.CompactWriter writer, Bag object) {
            Bag.write(writer, com.hazelcast.nio.serialization.compact.CompactWriter.class, object);
        }

        @Override
        public Class<Bag> getCompactClass() {
            return Bag.class;
        }

        @Override
        public String getTypeName() {
            return "bag";
        }
    }

    /** Of what may lie in a bag; ours. */
    static final class CoinSerializer implements CompactSerializer<Coin> {
        @Override
        public Coin read(CompactReader reader) {
            return new Coin(reader.readInt32("value"), reader.readString("motto"));
        }

        @Override
        public void write(CompactWriter writer, Coin coin) {
            writer.writeInt32("value", coin.value);
            writer.writeString("motto", coin.motto);
        }

        @Override
        public Class<Coin> getCompactClass() {
            return Coin.class;
        }

        @Override
        public String getTypeName() {
            return "coin";
        }
    }

    /** Theirs. */
    static final class OfficialCoinSerializer
            implements com.hazelcast.nio.serialization.compact.CompactSerializer<Coin> {
        @Override
        public Coin read(com.hazelcast.nio.serialization.compact.CompactReader reader) {
            return new Coin(reader.readInt32("value"), reader.readString("motto"));
        }

        @Override
        public void write(com.hazelcast.nio.serialization.compact.CompactWriter writer, Coin coin) {
            writer.writeInt32("value", coin.value);
            writer.writeString("motto", coin.motto);
        }

        @Override
        public Class<Coin> getCompactClass() {
            return Coin.class;
        }

        @Override
        public String getTypeName() {
            return "coin";
        }
    }
}
