// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import com.hazelcast.nio.serialization.genericrecord.GenericRecordBuilder;
import io.filbert.serialization.GenericRecord;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Random values of every form, in the classes of one client. Not thread-safe. */
@SuppressWarnings({"JdkObsolete", "JavaUtilDate", "NullAway"}) // all types are types, and any of them may hold null
final class RandomValues {

    /** @param kind for messages */
    record Value(String kind, Object object) {}

    enum Level {
        LOW,
        HIGH {
            @Override
            public String toString() {
                return "very high";
            }
        }
    }

    record Inner(String text, int number) {}

    /** Compact without configuration. */
    record Row(
            @Nullable String text,
            int number,
            @Nullable Long big,
            @Nullable Level level,
            LocalDate day,
            HashSet<Integer> set,
            HashMap<String, Integer> map,
            ArrayList<Inner> list,
            Inner @Nullable [] array,
            byte[] bytes,
            char letter,
            @Nullable Inner inner) {}

    static final class Bean {
        private @Nullable String name;
        private double amount;
        private @Nullable Inner inner;
        private @Nullable BigDecimal decimal;

        private Bean() {}
    }

    record SerialRow(int number, @Nullable Object held) implements Serializable {}

    static final class SerialBean implements Serializable {
        private static final long serialVersionUID = 1;

        private final String name;
        private final transient int ignored = 1;
        private final @Nullable Object held;

        SerialBean(String name, @Nullable Object held) {
            this.name = name;
            this.held = held;
        }

        @Override
        public String toString() {
            return name + ignored + held;
        }
    }

    public static final class External implements Externalizable {
        private static final long serialVersionUID = 1;

        private @Nullable String text;

        public External() {}

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeUTF(Objects.requireNonNull(text));
            out.writeObject(text);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
            text = in.readUTF();
            in.readObject();
        }
    }

    private final Random random;
    private final UnaryOperator<@Nullable Object> own;
    private final boolean ours;
    private final Map<String, Supplier<Object>> kinds = new LinkedHashMap<>();
    private int next;

    private RandomValues(Random random, UnaryOperator<@Nullable Object> own, boolean ours) {
        this.random = random;
        this.own = own;
        this.ours = ours;
        addScalars();
        addArrays();
        addCollections();
        addStructured();
        addJavaSerialization();
    }

    static RandomValues ours(Random random) {
        return new RandomValues(random, FilbertPeer::toOwn, true);
    }

    static RandomValues official(Random random) {
        return new RandomValues(random, OfficialPeer::toOwn, false);
    }

    /** The next value; each kind in turn. */
    Value next() {
        List<String> names = List.copyOf(kinds.keySet());
        String kind = names.get(next++ % names.size());
        return new Value(kind, kinds.get(kind).get());
    }

    /** A Portable that lacks nothing. */
    Object completePortable() {
        return ownOf(new Sample.Portable(Fields.values(Fields.PORTABLE, Field::value)));
    }

    private Object any(int depth) {
        List<String> names = List.copyOf(kinds.keySet());
        while (true) {
            String kind = names.get(random.nextInt(names.size()));
            if (depth > 0 || !kind.startsWith("of objects")) {
                return kinds.get(kind).get();
            }
        }
    }

    private void addScalars() {
        kinds.put("Boolean", random::nextBoolean);
        kinds.put("Byte", () -> (byte) random.nextInt());
        kinds.put("Character", () -> (char) random.nextInt());
        kinds.put("Short", () -> (short) random.nextInt());
        kinds.put("Integer", random::nextInt);
        kinds.put("Long", random::nextLong);
        kinds.put("Float", () -> Float.intBitsToFloat(random.nextInt()));
        kinds.put("Double", () -> Double.longBitsToDouble(random.nextLong()));
        kinds.put("String", this::text);
        kinds.put("UUID", () -> new UUID(random.nextLong(), random.nextLong()));
        kinds.put("BigInteger", () -> new BigInteger(random.nextInt(200), random));
        kinds.put("BigDecimal", this::decimal);
        kinds.put("Date", () -> new Date(random.nextLong()));
        kinds.put(
                "Class",
                () -> List.of(String.class, int.class, int[].class, Row.class).get(random.nextInt(4)));
        kinds.put("LocalDate", this::date);
        kinds.put("LocalTime", this::time);
        kinds.put("LocalDateTime", () -> LocalDateTime.of(date(), time()));
        kinds.put(
                "OffsetDateTime",
                () -> OffsetDateTime.of(date(), time(), ZoneOffset.ofTotalSeconds(random.nextInt(60_000) - 30_000)));
        kinds.put("Optional", () -> random.nextBoolean() ? Optional.of(any(0)) : Optional.empty());
    }

    private void addArrays() {
        kinds.put("boolean[]", () -> new boolean[] {random.nextBoolean(), true});
        kinds.put("byte[]", this::bytes);
        kinds.put("char[]", () -> text().toCharArray());
        kinds.put("short[]", () -> new short[] {(short) random.nextInt()});
        kinds.put("int[]", () -> random.ints(random.nextInt(5)).toArray());
        kinds.put("long[]", () -> random.longs(random.nextInt(5)).toArray());
        kinds.put("float[]", () -> new float[] {random.nextFloat(), Float.NaN});
        kinds.put("double[]", () -> random.doubles(random.nextInt(5)).toArray());
        kinds.put("String[]", () -> new @Nullable String[] {text(), null});
        kinds.put("of objects: Object[]", () -> objects().toArray());
    }

    private void addCollections() {
        kinds.put("of objects: ArrayList", () -> new ArrayList<>(objects()));
        kinds.put("of objects: LinkedList", () -> new LinkedList<>(objects()));
        kinds.put("of objects: CopyOnWriteArrayList", () -> new CopyOnWriteArrayList<>(objects()));
        kinds.put("ArrayDeque", () -> new ArrayDeque<>(texts()));
        kinds.put("PriorityQueue", () -> new PriorityQueue<>(texts()));
        kinds.put("LinkedBlockingQueue", () -> new LinkedBlockingQueue<>(texts()));
        kinds.put("ArrayBlockingQueue", () -> new ArrayBlockingQueue<>(30, true, texts()));
        kinds.put("PriorityBlockingQueue", () -> new PriorityBlockingQueue<>(texts()));
        kinds.put("LinkedTransferQueue", () -> new LinkedTransferQueue<>(texts()));
        kinds.put("HashSet", () -> filled(new HashSet<>(1 + random.nextInt(100))));
        kinds.put("LinkedHashSet", () -> filled(new LinkedHashSet<>()));
        kinds.put("TreeSet", () -> filled(new TreeSet<>()));
        kinds.put("TreeSet in reverse", () -> filled(new TreeSet<>(Collections.reverseOrder())));
        kinds.put("CopyOnWriteArraySet", () -> filled(new CopyOnWriteArraySet<>()));
        kinds.put("ConcurrentSkipListSet", () -> filled(new ConcurrentSkipListSet<>()));
        kinds.put("HashSet of enums", () -> new HashSet<>(EnumSet.allOf(Level.class)));
        kinds.put("HashSet of lists", () -> new HashSet<>(List.of(texts(), List.copyOf(texts()))));
        kinds.put("HashMap", () -> filled(new HashMap<>(1 + random.nextInt(100))));
        kinds.put("LinkedHashMap", () -> filled(new LinkedHashMap<>()));
        kinds.put("TreeMap", () -> filled(new TreeMap<>()));
        kinds.put("ConcurrentHashMap", () -> filled(new ConcurrentHashMap<>(1 + random.nextInt(100))));
        kinds.put("ConcurrentSkipListMap", () -> filled(new ConcurrentSkipListMap<>()));
        kinds.put("of objects: map", () -> {
            Map<Object, Object> map = new HashMap<>();
            for (String text : texts()) {
                map.put(text, any(0));
            }
            return map;
        });
        kinds.put("of objects: SimpleEntry", () -> new SimpleEntry<>(text(), any(0)));
        kinds.put("of objects: SimpleImmutableEntry", () -> new SimpleImmutableEntry<>(any(0), null));
    }

    private void addStructured() {
        kinds.put("JSON", () -> ownOf(new Sample.Json("{\"text\": " + random.nextInt() + "}")));
        kinds.put("IdentifiedDataSerializable", () -> ownOf(new Sample.Identified(fields(Fields.STREAM))));
        kinds.put("Portable", () -> ownOf(new Sample.Portable(fields(Fields.PORTABLE))));
        kinds.put("nested Portable", () -> ownOf(new Sample.PortableInner(text(), random.nextInt())));
        kinds.put("custom serializer", () -> new Sample.Custom(fields(Fields.STREAM)));
        kinds.put("compact serializer", () -> new Sample.Compact(fields(Fields.COMPACT)));
        kinds.put("compact record", this::row);
        kinds.put("compact class", () -> {
            Bean bean = new Bean();
            bean.name = random.nextBoolean() ? text() : null;
            bean.amount = random.nextGaussian();
            bean.inner = inner();
            bean.decimal = random.nextBoolean() ? decimal() : null;
            return bean;
        });
        kinds.put("generic record", this::genericRecord);
    }

    private void addJavaSerialization() {
        kinds.put("enum", () -> Level.values()[random.nextInt(2)]);
        kinds.put("EnumSet", () -> EnumSet.of(Level.HIGH));
        kinds.put("EnumMap", () -> new EnumMap<>(Map.of(Level.LOW, text(), Level.HIGH, text())));
        kinds.put("serializable record", () -> new SerialRow(random.nextInt(), serial()));
        kinds.put("serializable class", () -> new SerialBean(text(), serial()));
        kinds.put("externalizable", () -> {
            External external = new External();
            external.text = text();
            return external;
        });
        kinds.put("exception", () -> new IllegalStateException(text(), new IOException(text())));
        kinds.put("Instant", () -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1000)));
        kinds.put("List.of", () -> List.of(text(), serial(), random.nextInt()));
        kinds.put("Stream.toList", () -> texts().stream().toList());
        kinds.put("Arrays.asList", () -> Arrays.asList(text(), null));
        kinds.put("unmodifiableList", () -> Collections.unmodifiableList(texts()));
        kinds.put("unmodifiable sorted map", () -> Collections.unmodifiableSortedMap(new TreeMap<>(Map.of("a", 1))));
        kinds.put("array of enums", () -> new Level[] {Level.HIGH, Level.LOW});
        kinds.put("array of records", () -> new SerialRow[] {new SerialRow(1, text())});
        if (ours) { // the official client does not take items that are not serializable
            kinds.put("List.of compact records", () -> List.of(inner(), inner(), inner()));
        }
    }

    private @Nullable Object ownOf(Sample sample) {
        return own.apply(sample);
    }

    private Object serial() {
        return switch (random.nextInt(5)) {
            case 0 -> text();
            case 1 -> Level.HIGH;
            case 2 -> new ArrayList<>(texts());
            case 3 -> new SerialRow(random.nextInt(), decimal());
            default -> date();
        };
    }

    private Row row() {
        ArrayList<Inner> list = new ArrayList<>(List.of(inner(), inner()));
        HashSet<Integer> set = new HashSet<>(1 + random.nextInt(100));
        random.ints(random.nextInt(30)).forEach(set::add);
        HashMap<String, Integer> map = new HashMap<>(1 + random.nextInt(100));
        texts().forEach(text -> map.put(text, random.nextInt()));
        return new Row(
                random.nextBoolean() ? text() : null,
                random.nextInt(),
                random.nextBoolean() ? random.nextLong() : null,
                random.nextBoolean() ? Level.HIGH : null,
                date(),
                set,
                map,
                list,
                random.nextBoolean() ? new Inner[] {inner(), inner()} : null,
                bytes(),
                (char) random.nextInt(),
                random.nextBoolean() ? inner() : null);
    }

    private Object genericRecord() {
        if (ours) {
            return GenericRecord.compact("read-back")
                    .setString("text", random.nextBoolean() ? text() : null)
                    .setInt64("number", random.nextLong())
                    .setArrayOfInt32("numbers", random.ints(3).toArray())
                    .setGenericRecord(
                            "inner",
                            GenericRecord.compact("read-back-inner")
                                    .setDate("day", date())
                                    .build())
                    .build();
        }
        return GenericRecordBuilder.compact("read-back")
                .setString("text", random.nextBoolean() ? text() : null)
                .setInt64("number", random.nextLong())
                .setArrayOfInt32("numbers", random.ints(3).toArray())
                .setGenericRecord(
                        "inner",
                        GenericRecordBuilder.compact("read-back-inner")
                                .setDate("day", date())
                                .build())
                .build();
    }

    private Inner inner() {
        return new Inner(text(), random.nextInt());
    }

    private List<@Nullable Object> fields(List<Field> fields) {
        return Fields.values(fields, field -> switch (random.nextInt(3)) {
            case 0 -> field.absent();
            case 1 -> field.kind().equals("PortableArray") ? field.value() : field.withoutElements();
            default -> field.value();
        });
    }

    private List<Object> objects() {
        List<Object> objects = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            objects.add(any(0));
        }
        return objects;
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            texts.add(text());
        }
        return texts;
    }

    private <C extends Collection<String>> C filled(C target) {
        target.addAll(texts());
        target.removeIf(text -> random.nextInt(4) == 0); // so that tables are roomier than they need be
        return target;
    }

    private <M extends Map<String, Integer>> M filled(M target) {
        texts().forEach(text -> target.put(text, random.nextInt()));
        Set<String> keys = target.keySet();
        keys.removeIf(text -> random.nextInt(4) == 0);
        return target;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextInt(0xD800);
                        case 1 -> 0x1F600 + random.nextInt(50);
                        default -> ' ' + random.nextInt(90);
                    });
        }
        return text.toString();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private BigDecimal decimal() {
        return new BigDecimal(new BigInteger(100, random), random.nextInt(40) - 20);
    }

    private LocalDate date() {
        return LocalDate.ofEpochDay(random.nextInt(100_000) - 50_000);
    }

    private LocalTime time() {
        return LocalTime.ofNanoOfDay((long) (random.nextDouble() * 86_399_999_999_999L));
    }
}
