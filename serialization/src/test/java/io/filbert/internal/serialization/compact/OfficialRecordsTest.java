// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static io.filbert.internal.serialization.compact.PlainClassesTest.content;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.AnyByteOrder;
import io.filbert.internal.serialization.Choices;
import io.filbert.internal.serialization.SerializationService;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Records without serializer, with any values in components of all types that the members know too. */
class OfficialRecordsTest {

    private static final Map<Class<?>, String> ITEMS = Map.ofEntries(
            Map.entry(Boolean.class, "BOOLEAN"),
            Map.entry(Byte.class, "INT8"),
            Map.entry(Short.class, "INT16"),
            Map.entry(Integer.class, "INT32"),
            Map.entry(Long.class, "INT64"),
            Map.entry(Float.class, "FLOAT32"),
            Map.entry(Double.class, "FLOAT64"),
            Map.entry(String.class, "STRING"),
            Map.entry(BigDecimal.class, "DECIMAL"),
            Map.entry(LocalTime.class, "TIME"),
            Map.entry(LocalDate.class, "DATE"),
            Map.entry(LocalDateTime.class, "TIMESTAMP"),
            Map.entry(OffsetDateTime.class, "TIMESTAMP_WITH_TIMEZONE"));

    @Property(tries = 1500)
    void records_haveTheOfficialBytes_andAreReadBothWays(
            @ForAll("records") Object object, @ForAll(supplier = AnyByteOrder.class) ByteOrder order) {
        SerializationService ours = new SerializationService(order);
        Official theirs = new Official(order);
        Data data = requireNonNull(ours.toData(object));
        Data official = theirs.data(object);

        assertThat(HexFormat.of().formatHex(data.bytes()))
                .as("%s", content(object))
                .isEqualTo(HexFormat.of().formatHex(official.bytes()));
        assertThat(content(ours.toObject(official))).isEqualTo(content(object));
        assertThat(content(theirs.read(data))).isEqualTo(content(object));
    }

    @Provide
    Arbitrary<Object> records() {
        return Arbitraries.<Class<?>>of(
                        PlainClassesTest.Empty.class,
                        PlainClassesTest.Inner.class,
                        PlainClassesTest.Primitives.class,
                        PlainClassesTest.Boxed.class,
                        PlainClassesTest.Values.class,
                        PlainClassesTest.PrimitiveArrays.class,
                        PlainClassesTest.Arrays2.class,
                        PlainClassesTest.Many.class)
                .flatMap(type -> Choices.of(150, random -> record(random, type)));
    }

    private static Object record(Random random, Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            return constructor.newInstance(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getGenericType)
                    .map(component -> isPrimitive(component) || random.nextInt(6) > 0 ? value(random, component) : null)
                    .toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no constructor of " + type, e);
        }
    }

    private static boolean isPrimitive(Type type) {
        return type instanceof Class<?> primitive && primitive.isPrimitive();
    }

    private static Object value(Random random, Type type) {
        if (type instanceof ParameterizedType holder) {
            return holder(random, (Class<?>) holder.getRawType(), holder.getActualTypeArguments());
        }
        Class<?> one = (Class<?>) type;
        if (one.isArray()) {
            return array(random, one.getComponentType());
        }
        if (one == PlainClassesTest.Inner.class) {
            return record(random, one);
        }
        if (one.isEnum()) {
            return one.getEnumConstants()[random.nextInt(one.getEnumConstants().length)];
        }
        if (one == Character.class || one == char.class) {
            return (char) random.nextInt();
        }
        return Bag.randomItem(random, requireNonNull(ITEMS.get(boxed(one))));
    }

    private static Class<?> boxed(Class<?> type) {
        return Bag.PRIMITIVES.entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .<Class<?>>map(Map.Entry::getKey)
                .findAny()
                .orElse(type);
    }

    private static Object array(Random random, Class<?> item) {
        Object array = Array.newInstance(item, random.nextInt(5));
        for (int i = 0; i < Array.getLength(array); i++) {
            if (item.isPrimitive() || random.nextInt(4) > 0) {
                Array.set(array, i, value(random, item));
            }
        }
        return array;
    }

    private static Object holder(Random random, Class<?> type, Type[] elements) {
        int size = random.nextInt(5);
        if (Map.class.isAssignableFrom(type)) {
            Map<Object, Object> map = new HashMap<>();
            for (int i = 0; i < size; i++) {
                map.put(value(random, elements[0]), value(random, elements[1]));
            }
            return map;
        }
        boolean isList = List.class.isAssignableFrom(type);
        Collection<@Nullable Object> collection = isList ? new ArrayList<>() : new HashSet<>();
        for (int i = 0; i < size; i++) {
            collection.add(isList && random.nextInt(4) == 0 ? null : value(random, elements[0]));
        }
        return collection;
    }
}
