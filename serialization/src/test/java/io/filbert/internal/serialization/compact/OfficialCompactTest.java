// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.serialization.FieldKind;
import io.filbert.serialization.GenericRecord;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects with fields of any kind get the bytes that the members' own service gives them, and each reads what the other has written. */
class OfficialCompactTest {

    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);

    private static SerializationService ours(ByteOrder order, Schemas schemas, Map<String, FieldKind> kinds) {
        return new SerializationService(
                ClientConfig.builder()
                        .isBigEndian(order == ByteOrder.BIG_ENDIAN)
                        .compactSerializers(new Bag.Serializer(kinds), new Bag.CoinSerializer())
                        .build()
                        .serialization(),
                schemas,
                schema -> {});
    }

    private static Official theirs(ByteOrder order, Map<String, FieldKind> kinds) {
        return new Official(order, new Bag.OfficialSerializer(kinds), new Bag.OfficialCoinSerializer());
    }

    private static void requireAgreement(ByteOrder order, Bag bag, String about) {
        requireAgreement(ours(order, new Schemas(), bag.kinds()), theirs(order, bag.kinds()), bag, about);
    }

    private static void requireAgreement(SerializationService ours, Official theirs, Bag bag, String about) {
        Data data = requireNonNull(ours.toData(bag));
        assertThat(hex(data.bytes())).as("%s: %s", about, bag).isEqualTo(hex(theirs.write(bag)));
        assertThat(theirs.<Bag>read(data)).as(about).isEqualTo(bag);
        assertThat(ours.<Bag>toObject(theirs.data(bag))).as(about).isEqualTo(bag);
    }

    @ParameterizedTest
    @EnumSource(value = FieldKind.class)
    void eachKind(FieldKind kind) {
        if (!Bag.KINDS.contains(kind)) {
            return;
        }
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, FieldKind> kinds = Map.of("field", kind);
        for (ByteOrder order : ORDERS) {
            SerializationService ours = ours(order, new Schemas(), kinds);
            Official theirs = theirs(order, kinds);
            for (int i = 0; i < 300; i++) {
                requireAgreement(ours, theirs, Bag.random(random, kinds), "number " + i + " with seed " + seed);
            }
        }
    }

    @Test
    void manyFieldsOfRandomKinds() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            Bag bag = Bag.random(random, random.nextInt(random.nextInt(10) == 0 ? 200 : 12));
            requireAgreement(ORDERS.get(i % 2), bag, "number " + i + " with seed " + seed);
        }
    }

    static Stream<Integer> lengths() {
        return Stream.concat(
                IntStream.rangeClosed(240, 260).boxed(),
                IntStream.rangeClosed(65_515, 65_545).boxed());
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void sizesAroundTheWidthOfOffsets(int length) {
        Map<String, FieldKind> kinds = new LinkedHashMap<>();
        Map<String, @Nullable Object> values = new HashMap<>();
        kinds.put("text", FieldKind.STRING);
        values.put("text", "x".repeat(length));
        kinds.put("none", FieldKind.NULLABLE_INT8);
        values.put("none", null);
        kinds.put("last", FieldKind.NULLABLE_INT8);
        values.put("last", (byte) 1);
        requireAgreement(ByteOrder.BIG_ENDIAN, new Bag(kinds, values), "text of " + length);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void sizesOfItemsAroundTheWidthOfOffsets(int length) {
        Map<String, FieldKind> kinds = Map.of("texts", FieldKind.ARRAY_OF_STRING);
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("texts", new @Nullable String[] {"a", null, "x".repeat(length - 9), null, ""});
        requireAgreement(ByteOrder.LITTLE_ENDIAN, new Bag(kinds, values), "item of " + length);
    }

    @Test
    void genericRecords_haveTheSameBytesIfTheFieldsAreWrittenByName() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Bag any = Bag.random(random, random.nextInt(12));
            // Records write their fields by name.
            Map<String, FieldKind> byName = new LinkedHashMap<>();
            any.kinds().keySet().stream()
                    .sorted()
                    .forEach(name -> byName.put(name, requireNonNull(any.kinds().get(name))));
            Bag bag = new Bag(byName, any.values());
            ByteOrder order = ORDERS.get(i % 2);
            Official theirs = theirs(order, bag.kinds());
            Data data = theirs.data(bag);

            Schemas schemas = new Schemas();
            theirs.copyTo(schemas);
            SerializationService without = new SerializationService(
                    ClientConfig.builder()
                            .isBigEndian(order == ByteOrder.BIG_ENDIAN)
                            .build()
                            .serialization(),
                    schemas,
                    schema -> {
                        throw new AssertionError("known already: " + schema);
                    });
            GenericRecord record = requireNonNull(without.toObject(data));
            assertThat(record.typeName()).isEqualTo("bag");
            assertThat(hex(requireNonNull(without.toData(record)).bytes()))
                    .as("number %d with seed %d: %s%n%s", i, seed, bag, record)
                    .isEqualTo(hex(data.bytes()));
            assertThat(record.toBuilder().build()).isEqualTo(record).hasSameHashCodeAs(record);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
