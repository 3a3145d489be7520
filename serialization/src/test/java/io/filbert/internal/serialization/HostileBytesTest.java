// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.schema.UnknownSchemaException;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.TypeId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and malicious bytes cost an error that explains itself, and no more memory than their own size warrants. */
class HostileBytesTest {
    /** What making and filling an exception may allocate. */
    private static final long ERROR_COST = 32 * 1024;
    /** What the search for a class in vain may allocate besides. */
    private static final long SEARCH_COST = 96 * 1024;
    /** How many bytes one serialized byte may cost: most for empty queues, which hold locks. */
    private static final long COST_PER_BYTE = 64;

    private final SerializationService service = new SerializationService();

    static List<Kind> kinds() {
        return Kind.all();
    }

    static IntStream typesWithLength() {
        return IntStream.concat(
                IntStream.rangeClosed(TypeId.STRING_ARRAY, TypeId.STRING),
                IntStream.concat(
                        IntStream.of(TypeId.BIG_INTEGER, TypeId.BIG_DECIMAL, TypeId.OBJECT_ARRAY, TypeId.JSON),
                        IntStream.rangeClosed(TypeId.PRIORITY_QUEUE, TypeId.ARRAY_LIST)
                                .filter(typeId -> !isOrdered(typeId))));
    }

    static IntStream orderedTypes() {
        return IntStream.rangeClosed(TypeId.PRIORITY_QUEUE, TypeId.ARRAY_LIST).filter(HostileBytesTest::isOrdered);
    }

    /** A comparator comes first. */
    private static boolean isOrdered(int typeId) {
        return switch (typeId) {
            case TypeId.TREE_MAP,
                    TypeId.TREE_SET,
                    TypeId.CONCURRENT_SKIP_LIST_MAP,
                    TypeId.CONCURRENT_SKIP_LIST_SET,
                    TypeId.PRIORITY_QUEUE,
                    TypeId.PRIORITY_BLOCKING_QUEUE -> true;
            default -> false;
        };
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
    @MethodSource("orderedTypes")
    void lengthBehindTheComparator_isNotBelieved(int typeId) {
        for (int length : new int[] {-1, Integer.MIN_VALUE, 2, 0x1000_0000, Integer.MAX_VALUE}) {
            byte[] bytes = ByteBuffer.allocate(17)
                    .putInt(0)
                    .putInt(typeId)
                    .putInt(TypeId.NULL)
                    .putInt(length)
                    .array();
            assertThat(costOfError(bytes))
                    .as("bytes allocated for length %d", length)
                    .isLessThan(ERROR_COST);
            assertThatThrownBy(() -> service.toObject(bytes, 0, bytes.length))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("type id " + typeId + " (" + TypeId.nameOf(typeId) + ")")
                    .hasMessageContaining("at offset 12")
                    .hasMessageContaining(length < 0 ? "is negative" : "only 1 is left");
        }
    }

    /** The same bytes must not be claimed at each level. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                TypeId.OBJECT_ARRAY,
                TypeId.ARRAY_LIST,
                TypeId.COPY_ON_WRITE_ARRAY_LIST,
                TypeId.HASH_SET,
                TypeId.ARRAY_DEQUE,
                TypeId.ARRAY_BLOCKING_QUEUE,
                TypeId.HASH_MAP,
                TypeId.CONCURRENT_HASH_MAP,
            })
    void nestedLengths_claimMemoryOnce(int typeId) {
        int elementSize = typeId == TypeId.HASH_MAP || typeId == TypeId.CONCURRENT_HASH_MAP ? 8 : 4;
        ByteBuffer bytes = ByteBuffer.allocate(4_000_000).putInt(0).putInt(typeId);
        for (int depth = 0; depth < DataReader.MAX_DEPTH - 1; depth++) {
            bytes.putInt((bytes.remaining() - 4) / elementSize).putInt(typeId);
        }
        bytes.putInt(-5);

        assertThat(costOfError(bytes.array()))
                .as("bytes allocated for %d", bytes.capacity())
                .isLessThan(8L * bytes.capacity());
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
        "-24, ffffffff, a class has no name",
        "-130, ffffffff, a JSON value has no text",
        "-50, 0100000000, 'a value should be present, but it is null'",
        "-47, 00000001fffffffc01, such a queue never holds anything",
        "-34, 00000001fffffffc0100000000, the entry of key java.lang.Boolean and value null is not accepted",
        "-34, 0000000100000000fffffffc01, the entry of key null and value java.lang.Boolean is not accepted",
        "-33, 000000000000000100000000fffffffc01, the entry of key null and value java.lang.Boolean is not accepted",
        "-36, 000000000000000100000000fffffffc01, the entry of key null and value java.lang.Boolean is not accepted",
        "-36, 0000000000000001ffffffe40000000000000000, the entry of key [Ljava.lang.Object; and value null",
        "-36, 0000000000000002fffffffc0100000000fffffffd0100000000, at offset 25: the entry of key java.lang.Byte",
        "-36, fffffffc0100000000, 'a comparator should follow, but an object of java.lang.Boolean does'",
        "-38, fffffffc0100000000, 'a comparator should follow, but an object of java.lang.Boolean does'",
        "-38, 0000000000000002fffffffc01fffffffd01, at offset 21: an object of java.lang.Byte was found",
        "-41, 000000000000000100000000, null was found",
        "-42, 0000000100000000, null was found",
        "-43, 0000000100000000, null was found",
        "-44, 00000002fffffffc0100000000, element 1 is null",
        "-45, 000000000000000100000000, null was found",
        "-46, 00000001fffffffc01, an object of java.lang.Boolean was found",
        "-48, 0000000100000000, null was found",
        "-49, 000000000000000100000000, null was found",
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
        for (int i = 0; i < 200_000; i++) {
            ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            SerializationService either = new SerializationService(order);
            Kind kind = kinds.get(random.nextInt(kinds.size()));
            byte[] bytes =
                    requireNonNull(either.toData(kind.random().apply(random))).bytes();
            damage(bytes, random);
            int number = i;
            Supplier<String> where = () -> "number %d with seed %d: %s"
                    .formatted(number, seed, HexFormat.of().formatHex(bytes));
            long bound = ERROR_COST + SEARCH_COST + COST_PER_BYTE * bytes.length;
            long before = allocated();
            if (isReadable(either, bytes, where)) {
                read++;
            } else {
                refused++;
            }
            if (allocated() - before > bound) {
                // The first error of a kind also loads what the JVM needs to make it: the second one tells.
                long again = allocated();
                isReadable(either, bytes, where);
                assertThat(allocated() - again)
                        .as(() -> "bytes allocated for " + where.get())
                        .isLessThanOrEqualTo(bound);
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    private static boolean isReadable(SerializationService either, byte[] bytes, Supplier<String> where) {
        try {
            either.toObject(bytes, 0, bytes.length);
            return true;
        } catch (SerializationException | UnknownSchemaException e) {
            return false;
        } catch (Throwable e) {
            throw new AssertionError(where.get(), e);
        }
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
