// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.portable.Model.Shape;
import io.filbert.serialization.FieldType;
import io.filbert.serialization.Portable;
import io.filbert.serialization.PortableReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and malicious portable objects cost an error, and time and memory in proportion to their bytes. */
class PortableHostileBytesTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static SerializationService service(Shape shape) {
        Map<Integer, Shape> shapes = new HashMap<>();
        shape.all().forEach(one -> shapes.put(one.classId(), one));
        return Sample.service(config -> config.portableFactories(Map.of(Sample.FACTORY, classId -> {
            Shape known = shapes.get(classId);
            return known == null ? null : new OurModel(known);
        })));
    }

    @Test
    void everyTruncation_isAnError() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            Shape shape = Model.randomShape(random, 2);
            SerializationService known = service(shape);
            byte[] bytes = requireNonNull(known.toData(new OurModel(Model.random(shape, random, false))))
                    .bytes();
            SerializationService stranger = service(shape);
            for (int length = 8; length < bytes.length; length++) {
                int cut = length;
                for (SerializationService service : new SerializationService[] {known, stranger}) {
                    assertThatThrownBy(() -> service.toObject(bytes, 0, cut))
                            .as("the first %d of %d bytes with seed %d", cut, bytes.length, seed)
                            .isInstanceOf(SerializationException.class)
                            .hasMessageContaining("at offset ");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void randomDamage_givesAnObjectOrAnErrorAndNothingElse(boolean definitionsKnown) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int read = 0;
        int refused = 0;
        for (int round = 0; round < 1000; round++) {
            Shape shape = Model.randomShape(random, 2);
            SerializationService writer = service(shape);
            byte[] whole = requireNonNull(writer.toData(new OurModel(Model.random(shape, random, false))))
                    .bytes();
            SerializationService reader = definitionsKnown ? writer : service(shape);
            for (int i = 0; i < 50; i++) {
                byte[] bytes = whole.clone();
                damage(bytes, random);
                try {
                    reader.toObject(bytes, 0, bytes.length);
                    read++;
                } catch (SerializationException e) {
                    refused++;
                    // Whatever is thrown while an object reads is wrapped; it must not be by accident.
                    if (hasAccident(e)) {
                        fail(
                                "number %d.%d with seed %d: %s"
                                        .formatted(
                                                round, i, seed, HexFormat.of().formatHex(bytes)),
                                e);
                    }
                } catch (Throwable e) {
                    fail(
                            "number %d.%d with seed %d: %s"
                                    .formatted(round, i, seed, HexFormat.of().formatHex(bytes)),
                            e);
                }
                // The first error of a kind also loads what the JVM needs to make it.
                long cost = costOfReading(reader, bytes);
                if (cost > 64 * 1024 + 200L * bytes.length) {
                    fail("number %d.%d with seed %d allocated %d bytes: %s"
                            .formatted(round, i, seed, cost, HexFormat.of().formatHex(bytes)));
                }
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    private static boolean hasAccident(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof IndexOutOfBoundsException
                    || cause instanceof NegativeArraySizeException
                    || cause instanceof NullPointerException) {
                return true;
            }
        }
        return false;
    }

    private static long costOfReading(SerializationService service, byte[] bytes) {
        long before = allocated();
        try {
            service.toObject(bytes, 0, bytes.length);
        } catch (SerializationException e) {
            // has been seen before
        }
        return allocated() - before;
    }

    /** Mostly of the numbers that say where something is and how much. */
    private static void damage(byte[] bytes, Random random) {
        for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
            int at = 8 + random.nextInt(bytes.length - 11);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> ByteBuffer.wrap(bytes).putInt(at, random.nextInt(bytes.length + 8));
                default ->
                    ByteBuffer.wrap(bytes)
                            .putInt(at, random.nextBoolean() ? -1 : Integer.MAX_VALUE - random.nextInt(9));
            }
        }
    }

    // ---- bytes made by hand

    /** Class 1 of factory 1, version 0: writes bodies whose positions may be anything. */
    private static final class Bytes {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        Bytes() {
            ints(0, -1, Sample.FACTORY, 1);
        }

        int position() {
            return bytes.size();
        }

        Bytes ints(int... values) {
            try {
                for (int value : values) {
                    out.writeInt(value);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return this;
        }

        Bytes header(String name, FieldType type) {
            try {
                out.writeShort(name.length());
                out.writeBytes(name);
                out.writeByte(type.id());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return this;
        }

        Bytes one(int value) {
            bytes.write(value);
            return this;
        }

        Data data() {
            return Data.of(bytes.toByteArray());
        }

        Data data(Map<Integer, Integer> patches) {
            byte[] patched = bytes.toByteArray();
            patches.forEach((at, value) -> ByteBuffer.wrap(patched).putInt(at, value));
            return Data.of(patched);
        }
    }

    private static SerializationService reading(Sample.Reading reading) {
        return Sample.service(Map.of(1, reading));
    }

    private static void assertRefused(SerializationService service, Data data, String words) {
        assertThatThrownBy(() -> service.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(words);
    }

    @Test
    void fieldCount_isComparedWithTheBytesBeforeAnythingIsAllocated() {
        for (int count : new int[] {2, 1000, Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 0x3FFF_FFFF, 0x4000_0000}) {
            Data data = new Bytes().ints(0, 36, count, 0, 0, 0).data();
            assertRefused(reading(reader -> null), data, "cannot have " + count + " fields and end at 36");
        }
    }

    @Test
    void end_liesInTheBytes() {
        for (int end : new int[] {41, Integer.MAX_VALUE, 35, 0, -1, Integer.MIN_VALUE}) {
            Data data = new Bytes().ints(0, end, 1, 36, 0, 0).data();
            assertRefused(reading(reader -> null), data, "end at " + end);
        }
    }

    @Test
    void positions_lieBehindTheirTableAndBeforeTheEnd() {
        for (int position : new int[] {0, 8, 35, -1, 45, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            Data data = new Bytes()
                    .ints(0, 44, 1, position, 0)
                    .header("x", FieldType.INT)
                    .ints(7)
                    .data();
            assertRefused(reading(reader -> reader.readInt("x")), data, "field 0 of portable class 1 of factory 1");
        }
        Data data = new Bytes()
                .ints(0, 44, 1, 36, 0)
                .header("x", FieldType.INT)
                .ints(7)
                .data();
        Sample read = requireNonNull(reading(reader -> reader.readInt("x")).toObject(data));
        assertThat(read.result()).isEqualTo(7);
    }

    @Test
    void rawData_startBehindTheTableAndBeforeTheEnd() {
        for (int position : new int[] {8, 35, -1, 45, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            Data data = new Bytes()
                    .ints(0, 44, 1, 36, position)
                    .header("x", FieldType.INT)
                    .ints(7)
                    .data();
            assertRefused(
                    reading(reader -> reader.getRawDataInput().readByte()),
                    data,
                    "the raw data of portable class 1 of factory 1, version 0 cannot start at " + position);
        }
    }

    @Test
    void unknownType_isRefused() {
        for (int type : new int[] {30, 127, -1}) {
            Data data = new Bytes()
                    .ints(0, 44, 1, 36, 0)
                    .one(0)
                    .one(1)
                    .one('x')
                    .one(type)
                    .ints(7)
                    .data();
            assertRefused(
                    reading(reader -> null),
                    data,
                    "the field \"x\" of portable class 1 of factory 1, version 0 cannot be of the type " + type);
        }
    }

    @Test
    void nameThatIsNotAscii_isRefused() {
        Data data = new Bytes()
                .ints(0, 44, 1, 36, 0)
                .one(0)
                .one(1)
                .one(0xE9)
                .one(5)
                .ints(7)
                .data();
        assertRefused(reading(reader -> null), data, "not ASCII");
    }

    @Test
    void nameTwice_isRefused() {
        Data data = new Bytes()
                .ints(0, 56, 2, 40, 48, 0)
                .header("x", FieldType.INT)
                .ints(7)
                .header("x", FieldType.INT)
                .ints(7)
                .data();
        assertRefused(reading(reader -> null), data, "two fields with the name \"x\"");
    }

    @Test
    void otherFieldsUnderTheSameVersion_areRefusedAndExplained() {
        SerializationService service = reading(reader -> reader.readInt("number"));
        service.toData(Sample.writing(1, writer -> writer.writeInt("number", 1)));
        Sample.Writing[] others = {
            writer -> writer.writeInt("others", 1),
            writer -> writer.writeLong("number", 1),
            writer -> writer.writeInt("numbers", 1),
            writer -> writer.writeInt("a", 1),
            writer -> writer.writeInt("anEntirelyDifferentName", 1),
        };
        for (Sample.Writing other : others) {
            Data data = requireNonNull(Sample.service(Map.of()).toData(Sample.writing(1, other)));
            assertThatThrownBy(() -> service.toObject(data))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("field 0 should be \"number\" (INT)")
                    .hasMessageContaining("getClassVersion()");
        }
        Data two = requireNonNull(Sample.service(Map.of()).toData(Sample.writing(1, writer -> {
            writer.writeInt("number", 1);
            writer.writeInt("other", 1);
        })));
        assertRefused(service, two, "the object has 2 fields");
    }

    @Test
    void arrayThatContainsItsOwner_isRefused() {
        int owner = 16;
        Bytes bytes = new Bytes()
                .ints(0, 0, 1, 36, 0)
                .header("a", FieldType.PORTABLE_ARRAY)
                .ints(1, 1, 1, owner);
        Data data = bytes.data(Map.of(20, bytes.position()));
        assertThatThrownBy(
                        () -> reading(reader -> reader.readPortableArray("a")).toObject(data))
                .isInstanceOf(SerializationException.class);
        // With the definition known, the positions are not followed before the array is read.
        SerializationService service = reading(reader -> reader.readPortableArray("a"));
        service.toObject(new Bytes()
                .ints(0, 52, 1, 36, 0)
                .header("a", FieldType.PORTABLE_ARRAY)
                .ints(0, 1, 1)
                .data());
        assertRefused(service, data, "an item of an array in portable class 1 of factory 1, version 0 cannot be at 16");
    }

    @Test
    void arrayOfOneObjectManyTimes_isRefused() {
        int count = 10_000;
        Bytes bytes = new Bytes()
                .ints(0, 0, 1, 36, 0)
                .header("a", FieldType.PORTABLE_ARRAY)
                .ints(count, 1, 2);
        int item = bytes.position() + Integer.BYTES * count;
        for (int i = 0; i < count; i++) {
            bytes.ints(item);
        }
        bytes.ints(0, item + 24 + 40_000, 1, item + 20, 0)
                .header("b", FieldType.BYTE_ARRAY)
                .ints(39_996);
        for (int i = 0; i < 9_999; i++) {
            bytes.ints(i);
        }
        Data data = bytes.data(Map.of(20, bytes.position(), item + 4, bytes.position()));
        AtomicInteger items = new AtomicInteger();
        SerializationService service =
                Sample.service(Map.of(1, reader -> requireNonNull(reader.readPortableArray("a")).length, 2, reader -> {
                    items.incrementAndGet();
                    return reader.readByteArray("b");
                }));
        assertRefused(service, data, "an item of an array in portable class 1");
        assertThat(items).hasValue(1);
    }

    @Test
    void arrayOfOneDecimalManyTimes_isRefused() {
        int count = 10_000;
        Bytes bytes = new Bytes()
                .ints(0, 0, 1, 36, 0)
                .header("a", FieldType.DECIMAL_ARRAY)
                .ints(count);
        int item = bytes.position() + Integer.BYTES * count;
        for (int i = 0; i < count; i++) {
            bytes.ints(item);
        }
        bytes.ints(40_000);
        for (int i = 0; i < 10_001; i++) {
            bytes.ints(i + 1);
        }
        Data data = bytes.data(Map.of(20, bytes.position()));
        SerializationService service = reading(reader -> reader.readDecimalArray("a"));
        long before = allocated();
        assertRefused(service, data, "an item of an array in portable class 1");
        assertThat(allocated() - before).isLessThan(4_000_000);
    }

    /** Each level has two arrays that share one object: 40 levels of it would be a tera of objects. */
    @Test
    void arraysThatShareObjects_areRefused() {
        Bytes bytes = new Bytes();
        Map<Integer, Integer> patches = new HashMap<>();
        int levels = 40;
        for (int i = 0; i < levels; i++) {
            int start = bytes.position();
            patches.put(start + 4, -1);
            bytes.ints(0, 0, 2, start + 24, start + 24 + 20, 0)
                    .header("a", FieldType.PORTABLE_ARRAY)
                    .ints(1, 1, 1, start + 64)
                    .header("b", FieldType.PORTABLE_ARRAY)
                    .ints(1, 1, 1, start + 64);
        }
        int start = bytes.position();
        patches.put(start + 4, -1);
        bytes.ints(0, 0, 2, start + 24, start + 24 + 16, 0)
                .header("a", FieldType.PORTABLE_ARRAY)
                .ints(0, 1, 1)
                .header("b", FieldType.PORTABLE_ARRAY)
                .ints(0, 1, 1);
        patches.replaceAll((at, value) -> bytes.position());
        AtomicInteger objects = new AtomicInteger();
        Sample.Reading reading = reader -> {
            if (objects.incrementAndGet() > 10_000) {
                throw new AssertionError("much was made of few bytes");
            }
            return Arrays.asList(reader.readPortableArray("a"), reader.readPortableArray("b"));
        };
        assertThatThrownBy(() -> reading(reading).toObject(bytes.data(patches)))
                .isInstanceOf(SerializationException.class);

        SerializationService service = reading(reading);
        service.toObject(new Bytes()
                .ints(0, 72, 2, 40, 56, 0)
                .header("a", FieldType.PORTABLE_ARRAY)
                .ints(0, 1, 1)
                .header("b", FieldType.PORTABLE_ARRAY)
                .ints(0, 1, 1)
                .data());
        objects.set(0);
        assertThatThrownBy(() -> service.toObject(bytes.data(patches))).isInstanceOf(SerializationException.class);
        assertThat(objects).hasValue(1);
    }

    /** Raw data that read into what follows would have it read twice, and what is in there four times. */
    @Test
    void rawDataThatReachIntoTheNextObject_areRefused() {
        AtomicInteger objects = new AtomicInteger();
        SerializationService service = reading(reader -> {
            objects.incrementAndGet();
            return reader.getRawDataInput().readObject();
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int count = 40;
        out.writeBytes(
                ByteBuffer.allocate(12).putInt(0).putInt(-28).putInt(count).array());
        for (int i = 0; i < count; i++) {
            int start = out.size() + 12;
            out.writeBytes(ByteBuffer.allocate(28)
                    .putInt(-1)
                    .putInt(1)
                    .putInt(1)
                    .putInt(0)
                    .putInt(start + 16)
                    .putInt(0)
                    .putInt(start + 16)
                    .array());
        }
        assertRefused(service, Data.of(out.toByteArray()), "4 bytes should follow but none are left");
        assertThat(objects).hasValue(1);
    }

    @Test
    void namesThatOverlap_areRefused() {
        int count = 2_000;
        Bytes bytes = new Bytes().ints(0, 0, count);
        int names = bytes.position() + Integer.BYTES * (count + 1);
        for (int i = 0; i < count; i++) {
            bytes.ints(names + 2 * i);
        }
        bytes.ints(0);
        byte[] text = new byte[30_000];
        Arrays.fill(text, (byte) 5);
        for (int i = 0; i < 2 * count; i += 2) {
            text[i] = 0x40; // a name of 16 thousand characters
        }
        for (byte b : text) {
            bytes.one(b);
        }
        Data data = bytes.data(Map.of(20, bytes.position()));
        SerializationService service = reading(reader -> null);
        long before = allocated();
        assertRefused(service, data, "parts of a portable object overlap");
        assertThat(allocated() - before).isLessThan(4_000_000);
    }

    @Test
    void objectsNestedTooDeep_areRefused() {
        Bytes bytes = new Bytes();
        Map<Integer, Integer> ends = new HashMap<>();
        for (int i = 0; i < 600; i++) {
            int start = bytes.position();
            ends.put(start + 4, 0);
            bytes.ints(0, 0, 1, start + 20, 0)
                    .header("p", FieldType.PORTABLE)
                    .one(0)
                    .ints(1, 1);
        }
        int start = bytes.position();
        ends.put(start + 4, 0);
        bytes.ints(0, 0, 1, start + 20, 0)
                .header("p", FieldType.PORTABLE)
                .one(1)
                .ints(1, 1);
        ends.replaceAll((at, value) -> bytes.position());
        Data data = bytes.data(ends);
        Sample.Reading reading = reader -> depth(reader);
        assertRefused(reading(reading), data, "nest deeper than 500 levels");
        SerializationService knowing = reading(reading);
        knowing.toData(Sample.writing(1, writer -> writer.writeNullPortable("p", 1, 1)));
        assertRefused(knowing, data, "nest deeper than 500 levels");
    }

    private static int depth(PortableReader reader) {
        Sample nested = reader.readPortable("p");
        return nested == null ? 1 : 1 + (Integer) requireNonNull(nested.result());
    }

    @Test
    void nestedObjectOfAnotherClassThanDefined_isRefused() {
        SerializationService service = Sample.service(Map.of(
                1, reader -> reader.readPortable("p"),
                2, reader -> reader.readInt("x"),
                3, reader -> reader.readInt("x")));
        Sample.Writing writing = writer -> writer.writePortable("p", Sample.writing(2, w -> w.writeInt("x", 1)));
        byte[] bytes =
                requireNonNull(service.toData(Sample.writing(1, writing))).bytes();
        int classOfNested = 16 + 20 + 4 + 1 + 4;
        assertThat(ByteBuffer.wrap(bytes).getInt(classOfNested)).isEqualTo(2);
        byte[] changed = bytes.clone();
        ByteBuffer.wrap(changed).putInt(classOfNested, 3);
        assertRefused(
                service,
                Data.of(changed),
                "Cannot read an object of portable class 3 of factory 1 in the field \"p\" of portable class 1");
    }

    @Test
    void valuesThatMeanNothing_areRefused() {
        Data date = new Bytes()
                .ints(0, 45, 1, 36, 0)
                .header("d", FieldType.DATE)
                .one(0)
                .one(7)
                .one(0xE8)
                .one(13)
                .one(1)
                .data();
        assertRefused(reading(reader -> reader.readDate("d")), date, "a date cannot be year 2024, month 13, day 1");
        Data offset = new Bytes()
                .ints(0, 56, 1, 36, 0)
                .header("o", FieldType.TIMESTAMP_WITH_TIMEZONE)
                .one(0)
                .one(7)
                .one(0xE8)
                .one(1)
                .one(1)
                .ints(0, 0)
                .ints(Integer.MAX_VALUE)
                .data();
        assertThatThrownBy(() ->
                        reading(reader -> reader.readTimestampWithTimezone("o")).toObject(offset))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void definitionsFoundInStreams_areKeptUpToABound() {
        SerializationService service = reading(reader -> null);
        String name = "x".repeat(30_000);
        byte[] bytes = new Bytes()
                .ints(0, 16 + 20 + 3 + name.length() + 4, 1, 36, 0)
                .header(name, FieldType.INT)
                .ints(7)
                .data()
                .bytes();
        System.gc();
        long before = used();
        for (int version = 0; version < 3_000; version++) {
            ByteBuffer.wrap(bytes).putInt(16, version);
            service.toObject(bytes, 0, bytes.length);
        }
        System.gc();
        assertThat(used() - before)
                .as("of 90 megabytes of names, more or less one")
                .isLessThan(40 << 20);
        assertThat(new String(bytes, 38, 3, StandardCharsets.US_ASCII)).isEqualTo("xxx");
        Portable written = Sample.writing(1, writer -> writer.writeInt(name, 1));
        assertThat(service.toData(written)).as("what is written is kept always").isNotNull();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
