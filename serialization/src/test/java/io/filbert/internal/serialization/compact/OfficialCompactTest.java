// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.serialization.FieldKind;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects get the bytes that the members' own service gives them at any size, and each reads what the other has written. */
class OfficialCompactTest {

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

    static Official theirs(ByteOrder order, Map<String, FieldKind> kinds) {
        return new Official(order, new Bag.OfficialSerializer(kinds), new Bag.OfficialCoinSerializer());
    }

    static void requireAgreement(ByteOrder order, Bag bag, String about) {
        SerializationService ours = ours(order, new Schemas(), bag.kinds());
        Official theirs = theirs(order, bag.kinds());
        Data data = requireNonNull(ours.toData(bag));
        assertThat(hex(data.bytes())).as("%s: %s", about, bag).isEqualTo(hex(theirs.write(bag)));
        assertThat(theirs.<Bag>read(data)).as(about).isEqualTo(bag);
        assertThat(ours.<Bag>toObject(theirs.data(bag))).as(about).isEqualTo(bag);
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

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
