// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.stream.TypeId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged and malicious bytes cost an error that explains itself, and no more memory than their own size warrants. */
class HostileBytesTest {
    /** What making and filling an exception may allocate. */
    private static final long ERROR_COST = 32 * 1024;
    /** The first errors also load what the JVM needs to make them. */
    private static final int WARM_UP = 1000;

    private final SerializationService service = new SerializationService();

    static List<Kind> kinds() {
        return Kind.all();
    }

    static IntStream typesWithLength() {
        return IntStream.concat(
                IntStream.rangeClosed(TypeId.STRING_ARRAY, TypeId.STRING),
                IntStream.of(TypeId.BIG_INTEGER, TypeId.BIG_DECIMAL, TypeId.OBJECT_ARRAY));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyTruncation_isAnErrorThatSaysWhere(Kind kind) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            byte[] bytes =
                    requireNonNull(service.toData(kind.random().apply(random))).bytes();
            for (int length = 1; length < bytes.length; length++) {
                int cut = length;
                assertThatThrownBy(() -> service.toObject(bytes, 0, cut))
                        .as("the first %d of %d bytes, seed %d", length, bytes.length, seed)
                        .isInstanceOf(SerializationException.class)
                        .hasMessageContaining(length < 8 ? "partition hash and type id" : "at offset ")
                        .hasMessageContaining("check that");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("typesWithLength")
    void lengthBeyondTheBytes_isRefusedBeforeAllocating(int typeId) {
        for (int length :
                new int[] {2, 0x7FFF, 0x1000_0000, 0x2000_0001, 0x4000_0001, 0x7FFF_FFF7, Integer.MAX_VALUE}) {
            byte[] bytes = withLength(typeId, length);
            assertThat(costOfError(bytes))
                    .as("bytes allocated for length %d", length)
                    .isLessThan(ERROR_COST);
            assertThatThrownBy(() -> service.toObject(bytes, 0, bytes.length))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("type id " + typeId + " (" + TypeId.nameOf(typeId) + ")")
                    .hasMessageContaining("at offset 8")
                    .hasMessageContaining("only 1 is left");
        }
    }

    @ParameterizedTest
    @MethodSource("typesWithLength")
    void negativeLength_isRefused(int typeId) {
        for (int length : new int[] {-2, -1000, Integer.MIN_VALUE}) {
            byte[] bytes = withLength(typeId, length);
            assertThatThrownBy(() -> service.toObject(bytes, 0, bytes.length))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("type id " + typeId + " (")
                    .hasMessageContaining("at offset 8")
                    .hasMessageContaining("length " + length + " is negative");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-26, ffffffff, the length -1 is negative",
        "-27, ffffffff00000000, the length -1 is negative",
        "-28, ffffffff, the length -1 is negative",
        "-26, 00000000, a number has no digits",
        "-27, 0000000000000001, a number has no digits",
        "-51, 000007e8021e, 'a date cannot be year 2024, month 2, day 30'",
        "-51, 000007e70d01, 'a date cannot be year 2023, month 13, day 1'",
        "-51, 7fffffff0101, a date cannot be year 2147483647",
        "-51, 000007e80080, day -128",
        "-52, 18000000000000, a time cannot be hour 24",
        "-52, 000000ffffffff, nanosecond -1",
        "-53, 000007e8021d0c3c0000000000, minute 60",
        "-54, 000007e8021d0c0000000000007fffffff, a zone offset cannot be 2147483647 seconds",
        "-54, 000007e8021d0c00000000000080000000, a zone offset cannot be -2147483648 seconds",
    })
    void bytesThatMeanNoValue_areRefused(int typeId, String payload, String problem) {
        assertThatThrownBy(() -> service.toObject(Data.of(SerializationServiceTest.header(typeId, payload))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("type id " + typeId + " (" + TypeId.nameOf(typeId) + ")")
                .hasMessageContaining(problem)
                .hasMessageContaining("check that");
    }

    @Test
    void emptyNestedObject_isTruncated() {
        assertThatThrownBy(() -> service.toObject(
                        Data.of(SerializationServiceTest.header(TypeId.OBJECT_ARRAY, "00000001fffffff9"))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(
                        "type id -7 (java.lang.Integer) at offset 16: 4 bytes should follow but none are");
    }

    @Test
    void truncationBehindANestedObject_isBlamedOnTheArray() {
        assertThatThrownBy(() -> service.toObject(Data.of(SerializationServiceTest.header(
                        TypeId.OBJECT_ARRAY, "00000002" + "fffffff900000001" + "ffff"))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(
                        "type id -28 (java.lang.Object[]) at offset 20: 4 bytes should follow but only 2");
    }

    @Test
    void randomBytes_giveAnObjectOrAnErrorAndNothingElse() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Kind> kinds = Kind.all();
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 200_000 + WARM_UP; i++) {
            ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            SerializationService either = new SerializationService(order);
            Kind kind = kinds.get(random.nextInt(kinds.size()));
            byte[] bytes =
                    requireNonNull(either.toData(kind.random().apply(random))).bytes();
            damage(bytes, random);
            long before = allocated();
            try {
                either.toObject(bytes, 0, bytes.length);
                read++;
            } catch (SerializationException e) {
                refused++;
            } catch (Throwable e) {
                fail(
                        "number %d with seed %d: %s"
                                .formatted(i, seed, HexFormat.of().formatHex(bytes)),
                        e);
            }
            long cost = allocated() - before;
            if (i >= WARM_UP && cost > ERROR_COST + 32L * bytes.length) {
                fail("number %d with seed %d allocated %d bytes: %s"
                        .formatted(i, seed, cost, HexFormat.of().formatHex(bytes)));
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    private static void damage(byte[] bytes, Random random) {
        for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
            int at = 4 + random.nextInt(bytes.length - 4);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> {
                    for (int i = at; i < Math.min(bytes.length, at + 4); i++) {
                        bytes[i] = (byte) (random.nextBoolean() ? 0xFF : 0x7F);
                    }
                }
            }
        }
    }

    /** The second error's, because the first one may load classes. */
    private long costOfError(byte[] bytes) {
        long cost = 0;
        for (int i = 0; i < 2; i++) {
            long before = allocated();
            try {
                service.toObject(bytes, 0, bytes.length);
                fail("no error");
            } catch (SerializationException e) {
                cost = allocated() - before;
            } catch (OutOfMemoryError e) { // which would end the whole run without a word
                throw new AssertionError("memory was claimed for a length that cannot be true", e);
            }
        }
        return cost;
    }

    /** One byte follows the length, so that there is none or too little for every length above one. */
    private static byte[] withLength(int typeId, int length) {
        return ByteBuffer.allocate(13).putInt(0).putInt(typeId).putInt(length).array();
    }

    private static long allocated() {
        return Allocations.ofThisThread();
    }
}
