// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schema;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.internal.serialization.schema.UnknownSchemaException;
import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import io.filbert.serialization.FieldKind;
import io.filbert.serialization.GenericRecord;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are damaged, or made to hurt: an object or an error comes out, soon, and memory stays in proportion. */
class HostileCompactTest {

    private static final int HEADER = 8;

    private final Schemas schemas = new Schemas();
    private final SerializationService service = TestServices.with(schemas);

    private static byte[] bytes(Data data) {
        return data.bytes().clone();
    }

    private Data data(GenericRecord record) {
        return requireNonNull(service.toData(record));
    }

    @Test
    void truncation_isNoticed() {
        GenericRecord record = GenericRecord.compact("t")
                .setInt32("i", 1)
                .setString("s", "text")
                .setArrayOfString("a", new @Nullable String[] {"x", null, "y"})
                .setGenericRecord(
                        "g", GenericRecord.compact("u").setInt64("l", 1).build())
                .build();
        byte[] whole = bytes(data(record));
        for (int length = HEADER; length < whole.length; length++) {
            Data part = Data.of(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> service.toObject(part))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("-55");
        }
    }

    @Test
    void randomDamage_givesAnObjectOrAnError() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            Bag bag = Bag.random(random, random.nextInt(1, 12));
            Schemas known = new Schemas();
            SerializationService own = TestServices.with(
                    known,
                    ClientConfig.builder()
                            .compactSerializers(new Bag.Serializer(bag.kinds()), new Bag.CoinSerializer()));
            byte[] whole = bytes(requireNonNull(own.toData(bag)));
            for (int j = 0; j < 20; j++) {
                byte[] bytes = whole.clone();
                for (int damages = random.nextInt(1, 4); damages > 0; damages--) {
                    bytes[random.nextInt(HEADER, bytes.length)] = (byte) random.nextInt();
                }
                try {
                    own.toObject(Data.of(bytes));
                    TestServices.with(known).toObject(Data.of(bytes));
                    read++;
                } catch (SerializationException | UnknownSchemaException e) {
                    refused++;
                } catch (Throwable e) {
                    fail(
                            "number " + i + " with seed " + seed + ": "
                                    + HexFormat.of().formatHex(bytes),
                            e);
                }
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void randomDamage_costsMemoryInProportion() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            GenericRecord record = GenericRecord.compact("t" + random.nextInt(3))
                    .setString("s", "text".repeat(random.nextInt(10)))
                    .setArrayOfString("a", new @Nullable String[] {"x", null, "y"})
                    .setArrayOfBoolean("b", new boolean[random.nextInt(20)])
                    .setArrayOfInt64("l", new long[random.nextInt(20)])
                    .setArrayOfNullableInt8("n", new @Nullable Byte[] {1, null})
                    .setArrayOfGenericRecord("g", new GenericRecord[] {
                        GenericRecord.compact("u").setString("s", "x").build()
                    })
                    .build();
            byte[] bytes = bytes(data(record));
            for (int damages = random.nextInt(1, 6); damages > 0; damages--) {
                bytes[random.nextInt(HEADER, bytes.length)] = (byte) random.nextInt();
            }
            long before = allocated();
            try {
                service.toObject(Data.of(bytes));
            } catch (SerializationException | UnknownSchemaException e) {
                // as it should be
            }
            long cost = allocated() - before;
            if (i > 2_000) {
                assertThat(cost)
                        .as(
                                "number %d with seed %d: %s",
                                i, seed, HexFormat.of().formatHex(bytes))
                        .isLessThan(100_000 + 64L * bytes.length);
            }
        }
    }

    // ---- offsets that are made to hurt

    private static final String NODE = "node";

    private static GenericRecord node(@Nullable GenericRecord left, @Nullable GenericRecord right) {
        return GenericRecord.compact(NODE)
                .setGenericRecord("left", left)
                .setGenericRecord("right", right)
                .build();
    }

    /** A chain in which both offsets of each object point to the same next one: two to the power of its length objects to read. */
    @Test
    void objectsSharedByOffsets_areNotReadOverAndOver() {
        GenericRecord chain = node(null, null);
        for (int i = 0; i < 60; i++) {
            chain = node(chain, null);
        }
        byte[] bytes = bytes(data(chain));
        // Each object ends with its two offsets: "right" becomes what "left" is. From the outside in, objects end at
        // ever lower positions.
        int end = bytes.length;
        int start = HEADER;
        for (int i = 0; i < 60; i++) {
            int length = ByteBuffer.wrap(bytes).getInt(start + 8);
            int width = Kinds.offsetWidth(length);
            System.arraycopy(bytes, end - 2 * width, bytes, end - width, width);
            start += 12;
            end -= 2 * width;
        }
        assertThatThrownBy(() -> service.toObject(Data.of(bytes)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("overlap");
    }

    @Test
    void objectThatContainsItself_isRefused() {
        byte[] bytes = bytes(data(node(node(null, null), null)));
        // The inner object's id is at 8 + 12; the outer one's "left" is to point before it, at itself.
        bytes[bytes.length - 2] = (byte) (256 - 12);
        assertThatThrownBy(() -> service.toObject(Data.of(bytes))).isInstanceOf(SerializationException.class);
        bytes[bytes.length - 2] = 1;
        assertThatThrownBy(() -> service.toObject(Data.of(bytes)))
                .isInstanceOf(RuntimeException.class); // what lies there is no id
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 10_000})
    void itemsSharedByOffsets_areNotReadOverAndOver(int count) {
        String[] texts = new String[count];
        Arrays.fill(texts, "");
        texts[0] = "x".repeat(count);
        GenericRecord record =
                GenericRecord.compact("texts").setArrayOfString("a", texts).build();
        byte[] bytes = bytes(data(record));
        // All offsets of items become that of the first. Behind them is one offset, that of the array.
        int length = ByteBuffer.wrap(bytes).getInt(HEADER + 8);
        int itemsLength = ByteBuffer.wrap(bytes).getInt(HEADER + 12);
        int width = Kinds.offsetWidth(itemsLength);
        int end = HEADER + 12 + length;
        Arrays.fill(bytes, end - count * width, end, (byte) 0);
        assertThatThrownBy(() -> service.toObject(Data.of(bytes)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("overlap");
    }

    @Test
    void fieldsSharedByOffsets_areNotReadOverAndOver() {
        GenericRecord.Builder builder = GenericRecord.compact("many");
        for (int i = 0; i < 50; i++) {
            builder.setString("f%02d".formatted(i), i == 0 ? "x".repeat(1_000) : "");
        }
        byte[] bytes = bytes(data(builder.build()));
        Arrays.fill(bytes, bytes.length - 100, bytes.length, (byte) 0);
        assertThatThrownBy(() -> service.toObject(Data.of(bytes)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("overlap");
    }

    /** What is counted is what the bytes do, not what the user does. */
    @Test
    void fieldsReadAgainByTheUser_areFree() {
        record Part(@Nullable String text) {}
        record Holder(@Nullable String text, @Nullable Part part) {}
        CompactSerializer<Holder> greedy = new CompactSerializer<>() {
            @Override
            public Holder read(CompactReader reader) {
                for (int i = 0; i < 100; i++) {
                    reader.readString("text");
                    reader.readCompact("part");
                    reader.readArrayOfCompact("parts", Part.class);
                    reader.readArrayOfString("texts");
                    reader.readArrayOfInt32("numbers");
                }
                for (int i = 0; i < 70; i++) {
                    reader.readString("f" + i);
                    reader.readString("f" + i);
                }
                return new Holder(reader.readString("text"), reader.readCompact("part"));
            }

            @Override
            public void write(CompactWriter writer, Holder object) {
                writer.writeString("text", object.text);
                writer.writeCompact("part", object.part);
                writer.writeArrayOfCompact("parts", new Object[] {new Part("a"), new Part("b")});
                writer.writeArrayOfString("texts", new String[] {"some", "text"});
                writer.writeArrayOfInt32("numbers", new int[100]);
                for (int i = 0; i < 70; i++) {
                    writer.writeString("f" + i, "some more");
                }
            }

            @Override
            public Class<Holder> getCompactClass() {
                return Holder.class;
            }

            @Override
            public String getTypeName() {
                return "holder";
            }
        };
        SerializationService own =
                TestServices.with(new Schemas(), ClientConfig.builder().compactSerializers(greedy));
        Holder holder = new Holder("x".repeat(100), new Part("y".repeat(100)));
        assertThat(own.<Holder>toObject(own.toData(holder))).isEqualTo(holder);
    }

    @Test
    void lengthsThatPromiseTooMuch_areRefused() {
        byte[] bytes = bytes(data(GenericRecord.compact("b")
                .setArrayOfBoolean("a", new boolean[] {true})
                .build()));
        ByteBuffer.wrap(bytes).putInt(HEADER + 12, Integer.MAX_VALUE);
        assertThatThrownBy(() -> service.toObject(Data.of(bytes))).isInstanceOf(SerializationException.class);
        ByteBuffer.wrap(bytes).putInt(HEADER + 12, -1);
        assertThatThrownBy(() -> service.toObject(Data.of(bytes))).isInstanceOf(SerializationException.class);
        ByteBuffer.wrap(bytes).putInt(HEADER + 12, 1).putInt(HEADER + 8, Integer.MAX_VALUE);
        assertThatThrownBy(() -> service.toObject(Data.of(bytes)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("is said to take 2147483647 of 6");
        ByteBuffer.wrap(bytes).putInt(HEADER + 8, -1);
        assertThatThrownBy(() -> service.toObject(Data.of(bytes)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("is said to take -1 of 6");
    }

    @Test
    void manySchemas_doNotSlowEachOtherDown() {
        for (int i = 0; i < 20_000; i++) {
            schemas.add(new Schema("type" + i, List.of(new Schema.Field("a", FieldKind.INT32))));
        }
        assertThat(schemas.all()).hasSize(20_000);
        for (int i = 0; i < 20_000; i += 100) {
            GenericRecord record =
                    GenericRecord.compact("type" + i).setInt32("a", i).build();
            assertThat(service.<GenericRecord>toObject(service.toData(record))).isEqualTo(record);
        }
        assertThat(schemas.all()).hasSize(20_000);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
