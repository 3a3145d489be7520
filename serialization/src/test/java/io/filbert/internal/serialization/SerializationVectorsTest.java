// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.PartitionHash;
import io.filbert.serialization.HazelcastJsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes, hashes and partitions recorded from a client of another language. */
class SerializationVectorsTest {
    private static final int PARTITIONS = 271;

    static Stream<Arguments> bigEndian() {
        return Stream.of(
                arguments("", "00000000fffffff500000000", 923237662, 11),
                arguments("a", "00000000fffffff50000000161", 2099876635, 73),
                arguments("key", "00000000fffffff5000000036b6579", 1476017569, 80),
                arguments("my-map", "00000000fffffff5000000066d792d6d6170", 193171428, 189),
                arguments("é€😀", "00000000fffffff500000009c3a9e282acf09f9880", -476530465, 0),
                arguments(true, "00000000fffffffc01", 535970202, 223),
                arguments((short) 1, "00000000fffffffa0001", -519236155, 155),
                arguments((short) 42, "00000000fffffffa002a", -174885710, 196),
                arguments(0, "00000000fffffff900000000", 923237662, 11),
                arguments(1, "00000000fffffff900000001", 768969306, 31),
                arguments(-1, "00000000fffffff9ffffffff", -730160613, 164),
                arguments(42, "00000000fffffff90000002a", 2076340387, 175),
                arguments(1L, "00000000fffffff80000000000000001", 1824103549, 110),
                arguments(42L, "00000000fffffff8000000000000002a", 1624962215, 145),
                arguments(1.5, "00000000fffffff63ff8000000000000", -867000382, 109),
                arguments(new byte[] {1, 2, 3}, "00000000fffffff400000003010203", 94186855, 263),
                arguments(
                        UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                        "00000000ffffffeb00112233445566778899aabbccddeeff",
                        1456245464,
                        135),
                arguments(BigInteger.valueOf(128), "00000000ffffffe6000000020080", 2132713512, 151),
                arguments(BigInteger.valueOf(-128), "00000000ffffffe60000000180", -20512950, 147),
                arguments(BigInteger.valueOf(-129), "00000000ffffffe600000002ff7f", -1193293955, 197),
                arguments(BigInteger.ONE.shiftLeft(63), "00000000ffffffe600000009008000000000000000", -338977736, 96),
                arguments(new BigDecimal("1.25"), "00000000ffffffe5000000017d00000002", -868892164, 40),
                arguments(new BigDecimal("-1E+3"), "00000000ffffffe500000001fffffffffd", -1648971792, 206),
                arguments(LocalDate.of(2024, 2, 29), "00000000ffffffcd000007e8021d", 898301494, 179),
                arguments(LocalTime.of(12, 34, 56, 789_000_000), "00000000ffffffcc0c22382f072f40", -404558598, 42),
                arguments(
                        OffsetDateTime.parse("2024-02-29T12:34:56.789+02:00"),
                        "00000000ffffffca000007e8021d0c22382f072f4000001c20",
                        1963814683,
                        175),
                arguments(
                        new ArrayList<>(Arrays.asList(1, "a", null)),
                        "00000000ffffffe300000003fffffff900000001fffffff5000000016100000000",
                        390293436,
                        49),
                arguments(
                        new HazelcastJsonValue("{\"a\":1}"), "00000000ffffff7e000000077b2261223a317d", 1343167611, 13));
    }

    static Stream<Arguments> littleEndian() {
        return Stream.of(
                arguments(1, "00000000fffffff901000000", 1130026198, 100),
                arguments("a", "00000000fffffff50100000061", -60461915, 189));
    }

    @ParameterizedTest
    @MethodSource("bigEndian")
    void bigEndian_isAsRecorded(Object value, String hex, int hash, int partition) {
        check(new SerializationService(), value, hex, hash, partition);
    }

    @ParameterizedTest
    @MethodSource("littleEndian")
    void littleEndian_isAsRecorded(Object value, String hex, int hash, int partition) {
        check(new SerializationService(ByteOrder.LITTLE_ENDIAN), value, hex, hash, partition);
    }

    private static void check(SerializationService service, Object value, String hex, int hash, int partition) {
        Data data = requireNonNull(service.toData(value));

        assertThat(HexFormat.of().formatHex(data.bytes())).isEqualTo(hex);
        assertThat(data.partitionHash()).isEqualTo(hash);
        assertThat(PartitionHash.toPartitionId(data.partitionHash(), PARTITIONS))
                .isEqualTo(partition);
        Object read = service.toObject(Data.of(HexFormat.of().parseHex(hex)));
        assertThat(read).isEqualTo(value);
    }
}
