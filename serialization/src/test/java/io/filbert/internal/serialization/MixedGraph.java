// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import com.hazelcast.nio.serialization.genericrecord.GenericRecordBuilder;
import io.filbert.mixed.MixedObjects.*;
import io.filbert.serialization.GenericRecord;
import io.filbert.serialization.HazelcastJsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Random objects of every form that hold objects of every form. The same numbers make the same graph for each side; only the classes of
 * JSON values and of generic records are each side's own. Not thread-safe.
 */
@SuppressWarnings({"NullAway", "JdkObsolete"}) // all fields may be null, all lists be written
final class MixedGraph {

    static final int MAX_DEPTH = 4;
    private static final List<Color> COLORS = List.of(Color.values());

    /** What has a class of each client's own. */
    private interface Side {
        Object json(String text);

        Object record(int number, String text, LocalDate day);
    }

    private final Random random;
    private final Side side;
    private final List<IntFunction<Object>> users;
    private final List<IntFunction<Object>> holders;

    private MixedGraph(Random random, Side side) {
        this.random = random;
        this.side = side;
        users = List.of(
                this::letter,
                this::car,
                this::song,
                depth -> plane(1),
                depth -> person(),
                depth -> new Point(random.nextInt(), random.nextLong()),
                depth -> new Ticket(
                        random.nextInt(),
                        text(),
                        date(),
                        random.ints(random.nextInt(3)).toArray()),
                depth -> badge(),
                depth -> color(),
                depth -> json());
        holders = List.of(
                depth -> new ArrayList<>(objects(depth)),
                depth -> new LinkedList<>(objects(depth)),
                depth -> new CopyOnWriteArrayList<>(objects(depth)),
                depth -> objects(depth).toArray(),
                depth -> new LinkedHashSet<>(objects(depth)),
                this::map,
                depth -> new SimpleEntry<>(object(depth - 1), object(depth - 1)),
                depth -> Optional.ofNullable(object(depth - 1)));
    }

    static MixedGraph ours(Random random) {
        return new MixedGraph(random, new Side() {
            @Override
            public Object json(String text) {
                return new HazelcastJsonValue(text);
            }

            @Override
            public Object record(int number, String text, LocalDate day) {
                return GenericRecord.compact("leaf")
                        .setInt32("number", number)
                        .setString("text", text)
                        .setDate("day", day)
                        .build();
            }
        });
    }

    static MixedGraph official(Random random) {
        return new MixedGraph(random, new Side() {
            @Override
            public Object json(String text) {
                return new com.hazelcast.core.HazelcastJsonValue(text);
            }

            @Override
            public Object record(int number, String text, LocalDate day) {
                return GenericRecordBuilder.compact("leaf")
                        .setInt32("number", number)
                        .setString("text", text)
                        .setDate("day", day)
                        .build();
            }
        });
    }

    /** Random keys, one source for each form. */
    Map<String, Function<Integer, Object>> keys() {
        Map<String, Function<Integer, Object>> keys = new HashMap<>();
        keys.put("identified", i -> letter(1));
        keys.put("portable", i -> car(1));
        keys.put("compact record", i -> person());
        keys.put("compact with serializer", i -> plane(1));
        keys.put("generic record", i -> side.record(random.nextInt(), text(), date()));
        keys.put("custom", i -> song(1));
        keys.put("JSON", i -> json());
        keys.put("serializable", i -> new Ticket(random.nextInt(), text(), date(), new int[] {i}));
        keys.put("externalizable", i -> badge());
        keys.put("enum", i -> color());
        keys.put("partition-aware identified", i -> {
            LetterKey key = new LetterKey();
            fill(key, 1);
            return key;
        });
        keys.put("partition-aware portable", i -> {
            CarKey key = new CarKey();
            fill(key, 1);
            return key;
        });
        keys.put("partition-aware serializable", i -> new TicketKey(random.nextInt(), text()));
        keys.put("partition-aware compact", i -> new PointKey(random.nextInt(), text()));
        return keys;
    }

    /** Null or an object that nests at most so deep. */
    @Nullable
    Object object(int depth) {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return null;
        }
        if (depth > 0 && kind < 5) {
            return pick(holders).apply(depth);
        }
        return kind < 8 ? pick(users).apply(depth) : builtIn();
    }

    private List<@Nullable Object> objects(int depth) {
        List<@Nullable Object> objects = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            objects.add(object(depth - 1));
        }
        return objects;
    }

    private Map<String, @Nullable Object> map(int depth) {
        Map<String, @Nullable Object> map = new HashMap<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            map.put(text(), object(depth - 1));
        }
        return map;
    }

    private Object builtIn() {
        return switch (random.nextInt(14)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextLong();
            case 2 -> random.nextBoolean();
            case 3 -> random.nextDouble();
            case 4 -> (short) random.nextInt();
            case 5 -> new UUID(random.nextLong(), random.nextLong());
            case 6 -> new BigInteger(100, random);
            case 7 -> decimal();
            case 8 -> date();
            case 9 -> random.longs(random.nextInt(4)).toArray();
            case 10 -> new String[] {text(), null, text()};
            case 11 -> (byte) random.nextInt();
            case 12 -> random.nextFloat();
            default -> text();
        };
    }

    private Letter letter(int depth) {
        Letter letter = new Letter();
        fill(letter, depth);
        return letter;
    }

    private void fill(Letter letter, int depth) {
        letter.number = random.nextInt();
        letter.text = text();
        letter.stamps = random.nextInt(3) == 0 ? null : new String[] {text(), null};
        letter.content = child(depth);
    }

    private Car car(int depth) {
        Car car = new Car();
        fill(car, depth);
        return car;
    }

    private void fill(Car car, int depth) {
        car.name = text();
        car.wheels = random.nextInt();
        car.prices = random.nextInt(3) == 0
                ? null
                : random.doubles(random.nextInt(3)).toArray();
        car.built = random.nextInt(3) == 0 ? null : date();
        car.spare = random.nextInt(3) == 0 ? null : wheel();
        car.set = random.nextInt(3) == 0
                ? null
                : Stream.generate(this::wheel).limit(random.nextInt(4)).toArray(Wheel[]::new);
        car.load = child(depth);
    }

    private Wheel wheel() {
        Wheel wheel = new Wheel();
        wheel.size = random.nextFloat();
        wheel.maker = random.nextInt(3) == 0 ? null : text();
        return wheel;
    }

    private Song song(int depth) {
        Song song = new Song();
        song.title = text();
        song.lyrics = child(depth);
        return song;
    }

    private @Nullable Object child(int depth) {
        return depth > 0 ? object(depth - 1) : null;
    }

    private Plane plane(int depth) {
        Plane plane = new Plane();
        plane.name = random.nextInt(3) == 0 ? null : text();
        plane.speeds = random.doubles(random.nextInt(3)).toArray();
        plane.at = random.nextInt(3) == 0 ? null : new Point(random.nextInt(), random.nextLong());
        plane.escort = depth > 0 && random.nextInt(3) == 0 ? plane(depth - 1) : null;
        return plane;
    }

    private Person person() {
        return new Person(
                random.nextInt(3) == 0 ? null : text(),
                random.nextInt(),
                random.nextInt(3) == 0 ? null : new Point(random.nextInt(), random.nextLong()),
                random.nextInt(3) == 0 ? null : new Point[] {new Point(1, random.nextLong()), null},
                random.nextInt(3) == 0 ? null : color(),
                random.nextInt(3) == 0 ? null : Collections.nCopies(random.nextInt(3), text()),
                random.nextInt(3) == 0 ? null : date(),
                random.nextInt(3) == 0 ? null : decimal(),
                random.nextBoolean());
    }

    private Badge badge() {
        Badge badge = new Badge();
        badge.number = random.nextInt();
        badge.name = text();
        return badge;
    }

    private Color color() {
        return pick(COLORS);
    }

    private Object json() {
        return side.json("{\"number\": " + random.nextInt() + ", \"text\": \"" + text() + "\"}");
    }

    private BigDecimal decimal() {
        return new BigDecimal(new BigInteger(1 + random.nextInt(120), random), random.nextInt(40) - 20);
    }

    private LocalDate date() {
        return LocalDate.ofEpochDay(random.nextInt(100_000) - 50_000);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(12); count > 0; count--) {
            text.appendCodePoint(
                    switch (random.nextInt(8)) {
                        case 0 -> 0xC0 + random.nextInt(0x300);
                        case 1 -> 0x4E00 + random.nextInt(0x1000);
                        case 2 -> 0x1F600 + random.nextInt(64);
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return text.toString();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
