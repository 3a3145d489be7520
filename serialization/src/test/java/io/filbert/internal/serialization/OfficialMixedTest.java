// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.util.HashUtil;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.PartitionHash;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.mixed.MixedObjects;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys of all forms: as the members' own service writes and places them. */
class OfficialMixedTest {

    private static final int KEYS = 10_000;
    private static final int[] PARTITION_COUNTS = {271, 1009, 7};

    static Stream<Arguments> keyForms() {
        return new TreeSet<>(MixedGraph.ours(new Random(0)).keys().keySet())
                .stream()
                        .flatMap(form -> Stream.of(
                                Arguments.of(form, ByteOrder.BIG_ENDIAN), Arguments.of(form, ByteOrder.LITTLE_ENDIAN)));
    }

    @ParameterizedTest
    @MethodSource("keyForms")
    void randomKeys_landOnTheSamePartition(String form, ByteOrder order) {
        SerializationService ours = MixedObjects.ours(order, new Schemas());
        com.hazelcast.internal.serialization.SerializationService theirs = MixedObjects.official(order);
        long seed = new Random().nextLong();
        var ourKeys = requireNonNull(MixedGraph.ours(new Random(seed)).keys().get(form));
        var officialKeys =
                requireNonNull(MixedGraph.official(new Random(seed)).keys().get(form));
        for (int i = 0; i < KEYS; i++) {
            Data data = requireNonNull(ours.toData(ourKeys.apply(i)));
            com.hazelcast.internal.serialization.Data official = theirs.toData(officialKeys.apply(i));
            if (!Arrays.equals(data.bytes(), official.toByteArray())) {
                assertThat(HexFormat.of().formatHex(data.bytes()))
                        .as("key %d with seed %d", i, seed)
                        .isEqualTo(HexFormat.of().formatHex(official.toByteArray()));
            }
            for (int partitions : PARTITION_COUNTS) {
                int partition = PartitionHash.toPartitionId(data.partitionHash(), partitions);
                int officialPartition = HashUtil.hashToIndex(official.getPartitionHash(), partitions);
                if (partition != officialPartition) {
                    assertThat(partition)
                            .as("partition of %d, key %d with seed %d", partitions, i, seed)
                            .isEqualTo(officialPartition);
                }
            }
        }
    }
}
