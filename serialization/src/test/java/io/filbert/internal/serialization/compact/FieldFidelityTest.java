// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import io.filbert.serialization.GenericRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is written field by field is read back equal, or refused when it is written, with an error that names the field. Guards against
 * values that came back as less than they were: a Timestamp as a Date without nanoseconds, a locale as another one, an own list as a
 * plain one.
 */
class FieldFidelityTest {

    record Dated(Date at) {}

    record Dates(List<Date> at, Date[] more) {}

    record Amount(BigDecimal decimal) {}

    record Whole(BigInteger integer) {}

    record Spoken(Locale locale) {}

    record Until(YearMonth month) {}

    @SuppressWarnings("NullableOptional") // that is what is refused
    record Maybe(@Nullable Optional<String> text) {}

    @SuppressWarnings("NullableOptional")
    record MaybeInt(@Nullable OptionalInt number) {}

    @SuppressWarnings("NullableOptional")
    record MaybeLong(@Nullable OptionalLong number) {}

    record Listed(ArrayList<String> list) {}

    record Linked(LinkedList<String> list) {}

    record Dequed(ArrayDeque<String> queue) {}

    record Tagged(HashSet<String> set) {}

    record Sorted(TreeSet<String> set) {}

    record Mapped(HashMap<String, Integer> map) {}

    record Tree(TreeMap<String, Integer> map) {}

    record Shared(ConcurrentHashMap<String, Integer> map) {}

    record AnyShared(ConcurrentMap<String, Integer> map) {}

    record AnyMap(Map<String, Integer> map) {}

    record Queued(Queue<String> queue) {}

    private static final class Owned extends ArrayList<String> {
        private final String owner;

        Owned(String owner) {
            this.owner = owner;
        }

        @Override
        public String toString() {
            return owner + super.toString();
        }
    }

    private static final class Fixed extends BigDecimal {
        Fixed(int value) {
            super(value);
        }
    }

    private static final class Large extends BigInteger {
        Large(String value) {
            super(value);
        }
    }

    private final SerializationService service = TestServices.with(new Schemas());

    private <T> T again(T value) {
        return requireNonNull(service.<T>toObject(service.toData(value)));
    }

    /** Each with what its error says, besides the field. */
    @SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // old classes are supported
    static Stream<List<Object>> narrowed() {
        Timestamp timestamp = Timestamp.valueOf("2024-02-29 12:34:56.123456789");
        return Stream.of(
                List.of(new Dated(timestamp), "'at'", "java.sql.Timestamp"),
                List.of(new Dates(List.of(timestamp), new Date[0]), "'at'", "java.sql.Timestamp"),
                List.of(new Dates(List.of(), new Date[] {timestamp}), "'more'", "java.sql.Timestamp"),
                List.of(new Amount(new Fixed(1)), "'decimal'", Fixed.class.getName()),
                List.of(new Whole(new Large("1")), "'integer'", Large.class.getName()),
                List.of(new Listed(new Owned("me")), "'list'", Owned.class.getName()),
                List.of(new Listed(new ArrayList<>() {}), "'list'", "FieldFidelityTest$"),
                List.of(new Linked(new LinkedList<>() {}), "'list'", "FieldFidelityTest$"),
                List.of(new Dequed(new ArrayDeque<>() {}), "'queue'", "FieldFidelityTest$"),
                List.of(new Tagged(new HashSet<>() {}), "'set'", "FieldFidelityTest$"),
                List.of(new Tagged(new LinkedHashSet<>() {}), "'set'", "FieldFidelityTest$"),
                List.of(new Sorted(new TreeSet<>() {}), "'set'", "FieldFidelityTest$"),
                List.of(new Mapped(new HashMap<>() {}), "'map'", "FieldFidelityTest$"),
                List.of(new Tree(new TreeMap<>() {}), "'map'", "FieldFidelityTest$"),
                List.of(new Shared(new ConcurrentHashMap<>() {}), "'map'", "FieldFidelityTest$"),
                List.of(new AnyShared(new ConcurrentSkipListMap<>()), "'map'", "ConcurrentSkipListMap"),
                List.of(new AnyMap(new IdentityHashMap<>()), "'map'", "java.util.IdentityHashMap"),
                List.of(new Queued(new PriorityQueue<>()), "'queue'", "java.util.PriorityQueue"),
                List.of(new Collected(new PriorityQueue<>()), "'items'", "java.util.PriorityQueue"),
                List.of(new Collected(new PriorityBlockingQueue<>()), "'items'", "java.util.concurrent.Priority"),
                List.of(new Iterated(new PriorityQueue<>()), "'items'", "java.util.PriorityQueue"),
                List.of(new AnySet(identitySet(new String("a"), new String("a"))), "'items'", "SetFromMap"),
                List.of(new AnySet(identityKeys(new String("a"), new String("b"))), "'items'", "IdentityHashMap"),
                List.of(new Spoken(new Locale("en_US")), "'locale'", "en_us"),
                List.of(new Spoken(new Locale("no", "NO", "NY")), "'locale'", "no_NO_NY"),
                List.of(new Maybe(null), "'text'", "empty Optional"),
                List.of(new MaybeInt(null), "'number'", "empty Optional"),
                List.of(new MaybeLong(null), "'number'", "empty Optional"));
    }

    record Collected(Collection<Integer> items) {}

    record Iterated(Iterable<Integer> items) {}

    record AnySet(Set<String> items) {}

    private static Set<String> identitySet(String... items) {
        Set<String> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(Arrays.asList(items));
        return set;
    }

    private static Set<String> identityKeys(String... items) {
        IdentityHashMap<String, Integer> map = new IdentityHashMap<>();
        for (String item : items) {
            map.put(item, 1);
        }
        return map.keySet();
    }

    @Test
    void setThatIsMadeOfAMap_isWritten_ifItsItemsDiffer() {
        for (Map<String, Boolean> map :
                List.<Map<String, Boolean>>of(new HashMap<>(), new ConcurrentHashMap<>(), new TreeMap<>())) {
            AnySet value = new AnySet(Collections.newSetFromMap(map));
            value.items().addAll(List.of("a", "b"));

            assertThat(service.<Object>toObject(service.toData(value))).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @MethodSource("narrowed")
    void whatWouldComeBackAsLess_isRefused(List<Object> valueAndText) {
        Object value = valueAndText.get(0);
        assertThatThrownBy(() -> service.toData(value))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Cannot write field " + valueAndText.get(1))
                .hasMessageContaining(value.getClass().getName())
                .hasMessageContaining((String) valueAndText.get(2));
    }

    @Test
    void linkedTablesInHashFields_keepTheirOrder() {
        LinkedHashMap<String, Integer> map = new LinkedHashMap<>();
        for (String key : List.of("z", "y", "a", "m")) {
            map.put(key, 1);
        }
        assertThat(again(new Mapped(map)).map.keySet()).containsExactly("z", "y", "a", "m");
        assertThat(again(new Tagged(new LinkedHashSet<>(map.keySet()))).set).containsExactly("z", "y", "a", "m");
        assertThat(again(again(new Mapped(map)))).isEqualTo(new Mapped(map));
    }

    @Test
    void yearMonths_ofAnyYear_comeBack() {
        for (int year : new int[] {-999_999_999, -1, 0, 1, 2024, 9999, 10_000, 999_999_999}) {
            Until until = new Until(YearMonth.of(year, 2));
            assertThat(again(until)).isEqualTo(until);
        }
    }

    @Test
    void locales_comeBackOrAreRefused() {
        List<Locale> all = new ArrayList<>(Arrays.asList(Locale.getAvailableLocales()));
        all.addAll(
                List.of(new Locale("ja", "JP", "JP"), new Locale("", "US"), Locale.forLanguageTag("de-u-co-phonebk")));
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            List<String> parts =
                    List.of("", "e", "en", "EN", "en_US", "x", "zh", "no", "NY", "123", "POSIX", "Latn", "ß");
            all.add(new Locale(
                    parts.get(random.nextInt(parts.size())),
                    parts.get(random.nextInt(parts.size())),
                    parts.get(random.nextInt(parts.size()))));
        }
        int refused = 0;
        for (Locale locale : all) {
            try {
                assertThat(again(new Spoken(locale)).locale).isEqualTo(locale);
            } catch (SerializationException e) {
                assertThat(e).hasMessageContaining("'locale'").hasMessageContaining("language tag");
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 500);
    }

    @Test
    void changedMeanwhile_isSaidOfTheField() {
        ArrayList<String> list = new ArrayList<>(List.of("a", "b")) {
            @Override
            public java.util.Iterator<String> iterator() {
                java.util.Iterator<String> all = super.iterator();
                add("c");
                return all;
            }
        };
        record Any(List<String> list) {}
        assertThatThrownBy(() -> service.toData(new Any(list)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Cannot write field 'list' of " + Any.class.getName())
                .hasMessageContaining("changed while it was written");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void itemsOfAnotherClassThanDeclared_areRefused() {
        assertThatThrownBy(() -> service.toData(new Listed((ArrayList) new ArrayList<>(List.of(1)))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Cannot write field 'list' of " + Listed.class.getName());
    }

    // ---- objects that are more than their fields

    /** As an object of Kotlin. */
    public static final class None {
        public static final None IT = new None();

        private None() {}
    }

    public static final class Counter {
        public static final Counter INSTANCE = new Counter();
        int x = 1;

        private Counter() {}
    }

    /** Constants of a class of which there are other objects too. */
    public static final class Money {
        public static final Money ZERO = new Money();
        private int cents;

        private Money() {}

        private Money(int cents) {
            this.cents = cents;
        }
    }

    record Holder(None none) {}

    @Test
    void singleton_withoutFields_staysTheOnlyObject() {
        assertThat(again(None.IT)).isSameAs(None.IT);
        assertThat(again(new Holder(None.IT)).none).isSameAs(None.IT);
        assertThat(again(new Money(5)).cents).isEqualTo(5);
    }

    @Test
    void singleton_withFields_isRefused() {
        assertThatThrownBy(() -> service.toData(Counter.INSTANCE))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("is a singleton, whose only object is INSTANCE");
    }

    // ---- serializers

    enum Color {
        RED,
        GREEN {
            @Override
            boolean isLive() {
                return true;
            }
        };

        boolean isLive() {
            return false;
        }
    }

    private static final class ColorSerializer implements CompactSerializer<Color> {
        @Override
        public Color read(CompactReader reader) {
            return Color.valueOf(requireNonNull(reader.readString("name")));
        }

        @Override
        public void write(CompactWriter writer, Color color) {
            writer.writeString("name", color.name());
        }

        @Override
        public Class<Color> getCompactClass() {
            return Color.class;
        }

        @Override
        public String getTypeName() {
            return "color";
        }
    }

    record Painted(Color color, List<Color> more) {}

    /** GREEN is of a class of its own, and the serializer was not asked. */
    @Test
    void serializerOfAnEnum_isAskedForConstantsWithBodiesToo() {
        Schemas schemas = new Schemas();
        SerializationService own =
                TestServices.with(schemas, ClientConfig.builder().compactSerializers(new ColorSerializer()));
        for (Color color : Color.values()) {
            assertThat(own.<Color>toObject(own.toData(color))).isSameAs(color);
            GenericRecord record = requireNonNull(TestServices.with(schemas).toObject(own.toData(color)));
            assertThat(record.typeName()).isEqualTo("color");
        }
        Painted painted = new Painted(Color.GREEN, List.of(Color.GREEN, Color.GREEN));
        assertThat(own.<Painted>toObject(own.toData(painted))).isEqualTo(painted);
    }
}
