// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.serialization.impl.HeapData;
import io.filbert.internal.protocol.Data;
import io.filbert.serialization.HazelcastJsonValue;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The comparison of {@link OfficialServiceTest} with values that seek the edges and shrink to small counterexamples. */
class OfficialServicePropertyTest {
    private static final Map<ByteOrder, SerializationService> OURS = Map.of(
            ByteOrder.BIG_ENDIAN, new SerializationService(ByteOrder.BIG_ENDIAN),
            ByteOrder.LITTLE_ENDIAN, new SerializationService(ByteOrder.LITTLE_ENDIAN));
    private static final Map<ByteOrder, com.hazelcast.internal.serialization.SerializationService> THEIRS = Map.of(
            ByteOrder.BIG_ENDIAN, OfficialServiceTest.official(ByteOrder.BIG_ENDIAN),
            ByteOrder.LITTLE_ENDIAN, OfficialServiceTest.official(ByteOrder.LITTLE_ENDIAN));

    @Property(tries = 3000)
    void scalars_matchTheOfficialService(
            @ForAll("scalars") Object value, @ForAll(supplier = AnyByteOrder.class) ByteOrder order) {
        check(value, order);
    }

    @Property
    void json_matchesTheOfficialService(
            @ForAll("texts") String text, @ForAll(supplier = AnyByteOrder.class) ByteOrder order) {
        check(new HazelcastJsonValue(text), order);
    }

    @Property(tries = 2000)
    void arrays_matchTheOfficialService(
            @ForAll("arrays") Object value, @ForAll(supplier = AnyByteOrder.class) ByteOrder order) {
        check(value, order);
    }

    @Property(tries = 1000)
    void objectArrays_matchTheOfficialService(
            @ForAll("objectArrays") Object value, @ForAll(supplier = AnyByteOrder.class) ByteOrder order) {
        check(value, order);
    }

    @Property(tries = 2000)
    void collections_matchTheOfficialService(
            @ForAll("collections") Object value, @ForAll(supplier = AnyByteOrder.class) ByteOrder order) {
        check(value, order);
    }

    @Property(tries = 1000)
    void orderedCollections_matchTheOfficialService(
            @ForAll("orderedCollections") Object value, @ForAll(supplier = AnyByteOrder.class) ByteOrder order) {
        check(value, order);
    }

    private static void check(Object value, ByteOrder order) {
        SerializationService ours = requireNonNull(OURS.get(order));
        com.hazelcast.internal.serialization.SerializationService theirs = requireNonNull(THEIRS.get(order));
        Data data = requireNonNull(ours.toData(value));
        com.hazelcast.internal.serialization.Data official = theirs.toData(OfficialServiceTest.official(value));

        assertThat(HexFormat.of().formatHex(data.bytes()))
                .isEqualTo(HexFormat.of().formatHex(official.toByteArray()));
        assertThat(data.partitionHash()).isEqualTo(official.getPartitionHash());
        assertThat(data.typeId()).isEqualTo(official.getType());
        Object readByThem = theirs.toObject(new HeapData(data.bytes()));
        Object read = ours.toObject(Data.of(official.toByteArray()));
        assertThat(Contents.of(read)).isEqualTo(Contents.of(readByThem));
        assertThat(read).isInstanceOf(value.getClass());
    }

    /** All that UTF-8 has a form for. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    @Provide
    @SuppressWarnings("JavaUtilDate") // supported nevertheless
    Arbitrary<Object> scalars() {
        Arbitrary<LocalDate> dates = Arbitraries.longs()
                .between(LocalDate.MIN.toEpochDay(), LocalDate.MAX.toEpochDay())
                .map(LocalDate::ofEpochDay);
        Arbitrary<LocalTime> times =
                Arbitraries.longs().between(0, LocalTime.MAX.toNanoOfDay()).map(LocalTime::ofNanoOfDay);
        Arbitrary<LocalDateTime> dateTimes = Combinators.combine(dates, times).as(LocalDateTime::of);
        Arbitrary<ZoneOffset> offsets =
                Arbitraries.integers().between(-18 * 3600, 18 * 3600).map(ZoneOffset::ofTotalSeconds);
        List<Arbitrary<?>> all = List.of(
                Arbitraries.of(true, false),
                Arbitraries.bytes(),
                Arbitraries.chars(),
                Arbitraries.shorts(),
                Arbitraries.integers(),
                Arbitraries.longs(),
                Arbitraries.integers().map(Float::intBitsToFloat),
                Arbitraries.longs().map(Double::longBitsToDouble),
                Arbitraries.of(Double.NaN, Double.MIN_VALUE, -0.0, Double.NEGATIVE_INFINITY),
                Arbitraries.of(Float.NaN, Float.MIN_VALUE, -0.0f, Float.POSITIVE_INFINITY),
                texts(),
                Arbitraries.strings().ascii().ofMaxLength(300),
                Arbitraries.strings().withCharRange('\u0000', '\u00FF').ofMaxLength(300),
                Arbitraries.bigIntegers(),
                Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new),
                Combinators.combine(Arbitraries.bigIntegers(), Arbitraries.integers())
                        .as(BigDecimal::new),
                dates,
                times,
                dateTimes,
                Arbitraries.longs().map(Date::new),
                Arbitraries.of(Kind.CLASSES),
                Combinators.combine(dateTimes, offsets).as(OffsetDateTime::of));
        return Arbitraries.oneOf(
                all.stream().<Arbitrary<Object>>map(Arbitrary::asGeneric).toList());
    }

    @Provide
    Arbitrary<Object> arrays() {
        List<Arbitrary<?>> all = List.of(
                Arbitraries.bytes().array(byte[].class),
                Arbitraries.of(true, false).array(boolean[].class),
                Arbitraries.chars().array(char[].class),
                Arbitraries.shorts().array(short[].class),
                Arbitraries.integers().array(int[].class),
                Arbitraries.longs().array(long[].class),
                Arbitraries.floats().array(float[].class),
                Arbitraries.doubles().array(double[].class),
                texts().injectNull(0.1).array(String[].class));
        return Arbitraries.oneOf(
                all.stream().<Arbitrary<Object>>map(Arbitrary::asGeneric).toList());
    }

    @Provide
    Arbitrary<Object> objectArrays() {
        return Arbitraries.recursive(
                () -> Arbitraries.oneOf(scalars(), arrays()),
                element -> element.injectNull(0.1)
                        .array(Object[].class)
                        .ofMaxSize(5)
                        .asGeneric(),
                1,
                4);
    }

    @Provide
    @SuppressWarnings("JdkObsolete") // supported nevertheless
    Arbitrary<Object> collections() {
        return Arbitraries.recursive(
                () -> Arbitraries.oneOf(scalars(), arrays().filter(array -> !Kind.isEmptyArray(array))),
                element -> Arbitraries.oneOf(
                        element.injectNull(0.1)
                                .list()
                                .ofMaxSize(5)
                                .flatMap(elements -> Arbitraries.of(
                                        new ArrayList<>(elements),
                                        new LinkedList<>(elements),
                                        new CopyOnWriteArrayList<>(elements),
                                        new HashSet<>(elements),
                                        new LinkedHashSet<>(elements),
                                        new CopyOnWriteArraySet<>(elements))),
                        element.list()
                                .ofMinSize(1)
                                .ofMaxSize(5)
                                .flatMap(elements -> Arbitraries.of(
                                        new ArrayDeque<>(elements),
                                        new LinkedBlockingQueue<>(elements),
                                        new ArrayBlockingQueue<>(9, true, elements),
                                        new LinkedTransferQueue<>(elements))),
                        Arbitraries.maps(element, element.injectNull(0.1))
                                .ofMaxSize(4)
                                .flatMap(entries ->
                                        Arbitraries.of(new HashMap<>(entries), new LinkedHashMap<>(entries))),
                        Arbitraries.maps(element, element).ofMaxSize(4).map(ConcurrentHashMap::new),
                        Combinators.combine(element, element.injectNull(0.1))
                                .flatAs((key, value) -> Arbitraries.of(
                                        new SimpleEntry<>(key, value), new SimpleImmutableEntry<>(key, value))),
                        element.injectNull(0.1).map(Optional::ofNullable),
                        Arbitraries.of(true, false)
                                .map(isDelayed -> isDelayed ? new DelayQueue<>() : new SynchronousQueue<>())),
                1,
                3);
    }

    @Provide
    Arbitrary<Object> orderedCollections() {
        return Arbitraries.<Arbitrary<?>>of(
                        texts(), Arbitraries.integers(), Arbitraries.longs(), Arbitraries.bigIntegers())
                .flatMap(key -> key.asGeneric().list().ofMaxSize(12))
                .flatMap(keys -> comparators().flatMap(order -> {
                    Map<Object, Object> map = new TreeMap<>(order);
                    keys.forEach(key -> map.put(key, keys.size()));
                    return Arbitraries.of(
                            map,
                            filled(new ConcurrentSkipListMap<>(order), map),
                            filled(new TreeSet<>(order), keys),
                            filled(new ConcurrentSkipListSet<>(order), keys),
                            filled(new PriorityQueue<>(order), keys),
                            filled(new PriorityBlockingQueue<>(3, order), keys));
                }));
    }

    /** They are written by Java serialization. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // compares what is comparable
    private static Arbitrary<@Nullable Comparator<Object>> comparators() {
        return Arbitraries.<Comparator<Object>>of(
                        (Comparator) Comparator.naturalOrder(), Collections.reverseOrder(), (Comparator)
                                Comparator.nullsFirst(Collections.<Integer>reverseOrder()))
                .injectNull(0.3);
    }

    private static Object filled(Collection<Object> target, Collection<Object> elements) {
        target.addAll(elements);
        return target;
    }

    private static Object filled(Map<Object, Object> target, Map<Object, Object> entries) {
        target.putAll(entries);
        return target;
    }
}
