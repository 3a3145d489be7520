// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import io.filbert.codegen.Schema.CustomType;
import io.filbert.codegen.Schema.Field;
import io.filbert.codegen.Type;
import io.filbert.internal.protocol.type.SqlColumnType;
import io.filbert.internal.protocol.type.SqlPage;
import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random values of any wire type. The seed decides about all of them. */
class RandomValues {
    private static final String[] TEXTS = {
        "", "a", "localhost", "Grüße", "ключ", "鍵", "🗝️ key", "\u0000\u007f\u0080\u07ff\u0800\uffff"
    };

    private final Random random;
    private final int maxItems;

    RandomValues(long seed, int maxItems) {
        this.random = new Random(seed);
        this.maxItems = maxItems;
    }

    List<@Nullable Object> parameters(List<Field> fields) {
        return parameters("", fields);
    }

    private List<@Nullable Object> parameters(String owner, List<Field> fields) {
        List<@Nullable Object> values = new ArrayList<>();
        fields.forEach(each -> values.add(field(owner, each)));
        return values;
    }

    /** Overridden where a peer takes only some of the values the wire can carry. */
    @Nullable
    Object field(String owner, Field field) {
        return value(field.type());
    }

    final Random random() {
        return random;
    }

    final @Nullable Object value(Type type) {
        if (type.nullable() && random.nextInt(4) == 0) {
            return null;
        }
        return switch (type.name()) {
            case "boolean" -> random.nextBoolean();
            case "byte" -> (byte) random.nextInt();
            case "int" -> random.nextInt();
            case "long" -> random.nextLong();
            case "float" -> random.nextFloat();
            case "UUID" -> uuid();
            case "String" -> text();
            case "Data" -> data();
            case "byte[]" -> bytes(random.nextInt(20));
            case "int[]" -> random.ints(count()).toArray();
            case "long[]" -> random.longs(count()).toArray();
            case "float[]" -> floats();
            case "List" -> many(() -> value(type.arguments().get(0)), maxItems, new ArrayList<>());
            case "Set" -> many(this::uuid, maxUnordered(), new LinkedHashSet<>());
            case "Map" -> map(type);
            case "Entries" -> many(() -> entry(type), maxItems, new ArrayList<>());
            case "SqlPage" -> sqlPage();
            default -> custom(Objects.requireNonNull(CodecPair.SCHEMA.types().get(type.name()), type.name()));
        };
    }

    private int count() {
        return random.nextInt(maxItems + 1);
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private String text() {
        String text = TEXTS[random.nextInt(TEXTS.length)];
        return random.nextInt(10) == 0 ? text.repeat(random.nextInt(30)) : text;
    }

    /** A positive type id, so that no peer takes the value for a null. */
    final Data data() {
        byte[] bytes = bytes(Data.HEADER_BYTES + random.nextInt(30));
        bytes[4] = 1;
        return Data.of(bytes);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private float[] floats() {
        float[] floats = new float[count()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = random.nextFloat();
        }
        return floats;
    }

    /** How many items sets and maps get at most. */
    int maxUnordered() {
        return maxItems;
    }

    private <C extends Collection<@Nullable Object>> C many(
            Supplier<? extends @Nullable Object> item, int most, C into) {
        int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            into.add(item.get());
        }
        return into;
    }

    private Map<@Nullable Object, @Nullable Object> map(Type type) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        int count = random.nextInt(maxUnordered() + 1);
        for (int i = 0; i < count; i++) {
            map.put(value(type.arguments().get(0)), value(type.arguments().get(1)));
        }
        return map;
    }

    private Map.Entry<@Nullable Object, @Nullable Object> entry(Type type) {
        Object key = value(type.arguments().get(0));
        return new SimpleImmutableEntry<>(key, value(type.arguments().get(1)));
    }

    Object custom(CustomType type) {
        try {
            Class<?> record = Class.forName("io.filbert.internal.protocol.type." + type.name());
            Constructor<?> constructor = record.getConstructors()[0];
            return constructor.newInstance(
                    parameters(type.name(), type.fields()).toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.toString(), e);
        }
    }

    SqlPage sqlPage() {
        List<Integer> types = new ArrayList<>();
        List<List<@Nullable Object>> columns = new ArrayList<>();
        int rows = random.nextInt(20);
        for (int i = count(); i > 0; i--) {
            int type = random.nextInt(SqlColumnType.ROW + 1);
            int nulls = random.nextInt(3);
            List<@Nullable Object> column = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                boolean empty = type == SqlColumnType.NULL || nulls == 2 || (nulls == 1 && random.nextBoolean());
                column.add(empty ? null : cell(type));
            }
            types.add(type);
            columns.add(column);
        }
        return new SqlPage(random.nextBoolean(), types, columns);
    }

    private Object cell(int type) {
        return switch (type) {
            case SqlColumnType.BOOLEAN -> random.nextBoolean();
            case SqlColumnType.TINYINT -> (byte) random.nextInt();
            case SqlColumnType.SMALLINT -> (short) random.nextInt();
            case SqlColumnType.INTEGER -> random.nextInt();
            case SqlColumnType.BIGINT -> random.nextLong();
            case SqlColumnType.DECIMAL ->
                new BigDecimal(new BigInteger(bytes(1 + random.nextInt(20))), random.nextInt(50) - 25);
            case SqlColumnType.REAL -> random.nextFloat();
            case SqlColumnType.DOUBLE -> random.nextDouble();
            case SqlColumnType.DATE -> date();
            case SqlColumnType.TIME -> time();
            case SqlColumnType.TIMESTAMP -> LocalDateTime.of(date(), time());
            case SqlColumnType.TIMESTAMP_WITH_TIME_ZONE ->
                OffsetDateTime.of(date(), time(), ZoneOffset.ofTotalSeconds(random.nextInt(60_000) - 30_000));
            case SqlColumnType.OBJECT -> data();
            default -> text();
        };
    }

    private LocalDate date() {
        return LocalDate.of(random.nextInt(20_000) - 10_000, 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private LocalTime time() {
        return LocalTime.of(random.nextInt(24), random.nextInt(60), random.nextInt(60), random.nextInt(1_000_000_000));
    }
}
