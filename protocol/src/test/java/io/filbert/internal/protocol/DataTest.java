// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataTest {
    private static final int PARTITIONS = 271;

    /** Hashes and partitions as real members compute them. */
    @ParameterizedTest
    @CsvSource({
        "00000000fffffff500000000, 923237662, 11",
        "00000000fffffff50000000161, 2099876635, 73",
        "00000000fffffff5000000036b6579, 1476017569, 80",
        "00000000fffffff5000000066d792d6d6170, 193171428, 189",
        "00000000fffffff500000009c3a9e282acf09f9880, -476530465, 0",
        "00000000fffffffc01, 535970202, 223",
        "00000000fffffffa0001, -519236155, 155",
        "00000000fffffffa002a, -174885710, 196",
        "00000000fffffff900000000, 923237662, 11",
        "00000000fffffff900000001, 768969306, 31",
        "00000000fffffff9ffffffff, -730160613, 164",
        "00000000fffffff90000002a, 2076340387, 175",
        "00000000fffffff80000000000000001, 1824103549, 110",
        "00000000fffffff8000000000000002a, 1624962215, 145",
        "00000000fffffff63ff8000000000000, -867000382, 109",
        "00000000fffffff400000003010203, 94186855, 263",
        "00000000ffffffeb00112233445566778899aabbccddeeff, 1456245464, 135",
        "00000000ffffffe6000000020080, 2132713512, 151",
        "00000000ffffffe60000000180, -20512950, 147",
        "00000000ffffffe600000002ff7f, -1193293955, 197",
        "00000000ffffffe600000009008000000000000000, -338977736, 96",
        "00000000ffffffe5000000017d00000002, -868892164, 40",
        "00000000ffffffe500000001fffffffffd, -1648971792, 206",
        "00000000ffffffcd000007e8021d, 898301494, 179",
        "00000000ffffffcc0c22382f072f40, -404558598, 42",
        "00000000ffffffca000007e8021d0c22382f072f4000001c20, 1963814683, 175",
        "00000000ffffffe300000003fffffff900000001fffffff5000000016100000000, 390293436, 49",
        "00000000ffffff7e000000077b2261223a317d, 1343167611, 13",
        "00000000fffffff901000000, 1130026198, 100",
        "00000000fffffff50100000061, -60461915, 189",
    })
    void partitionHash_goldenBytes_isThatOfMembers(String hex, int hash, int partition) {
        Data data = Data.of(HexFormat.of().parseHex(hex));
        assertThat(data.partitionHash()).isEqualTo(hash);
        assertThat(PartitionHash.toPartitionId(hash, PARTITIONS)).isEqualTo(partition);
    }

    @Test
    void partitionHash_storedOne_isTaken() {
        Data data = Data.of(HexFormat.of().parseHex("12345678fffffff50000000161"));
        assertThat(data.partitionHash()).isEqualTo(0x12345678);
        assertThat(data.typeId()).isEqualTo(-11);
    }

    @Test
    void partitionId_smallestInt_isZero() {
        assertThat(PartitionHash.toPartitionId(Integer.MIN_VALUE, PARTITIONS)).isZero();
        assertThat(PartitionHash.toPartitionId(-1, PARTITIONS)).isEqualTo(1);
    }

    @Test
    void partitionHash_slice_isThatOfTheSlice() {
        byte[] payload = HexFormat.of().parseHex("000000036b6579");
        byte[] buffer = new byte[40];
        Arrays.fill(buffer, (byte) 0x55);
        System.arraycopy(payload, 0, buffer, 13, payload.length);
        assertThat(PartitionHash.of(buffer, 13, payload.length)).isEqualTo(1476017569);
    }

    @Test
    void equals_sameContent_isTrue() {
        Data data = Data.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 9});
        assertThat(data)
                .isEqualTo(Data.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 9}))
                .hasSameHashCodeAs(Data.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 9}))
                .isNotEqualTo(Data.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 8}));
        assertThat(data).hasToString("Data[type 1, 9 bytes]");
    }

    @Test
    void of_lessThanAHeader_isRefused() {
        assertThatThrownBy(() -> Data.of(new byte[7])).isInstanceOf(IllegalArgumentException.class);
    }
}
