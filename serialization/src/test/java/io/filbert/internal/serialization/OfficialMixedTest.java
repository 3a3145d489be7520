// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.internal.util.HashUtil;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.PartitionHash;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.internal.serialization.vectors.Fields;
import io.filbert.mixed.MixedObjects;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects of all forms inside each other, and keys of all forms: as the members' own service writes, reads and places them. */
class OfficialMixedTest {

    private static final int GRAPHS = 5_000;
    private static final int KEYS = 10_000;
    private static final int[] PARTITION_COUNTS = {271, 1009, 7};

    static List<ByteOrder> orders() {
        return List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);
    }

    static Stream<String> keyForms() {
        return new TreeSet<>(MixedGraph.ours(0).keys().keySet()).stream();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void graphs_haveTheSameBytesAndReadBothWays(ByteOrder order) {
        SerializationService ours = MixedObjects.ours(order, new Schemas());
        com.hazelcast.internal.serialization.SerializationService theirs = MixedObjects.official(order);
        long first = new Random().nextLong();
        Set<Class<?>> roots = new HashSet<>();
        for (long seed = first; seed < first + GRAPHS; seed++) {
            Object graph = MixedGraph.ours(seed).object(MixedGraph.MAX_DEPTH);
            if (graph == null) {
                continue;
            }
            roots.add(graph.getClass());
            String fields = Fields.of(graph);
            byte[] bytes = requireNonNull(ours.toData(graph)).bytes();
            byte[] official = theirs.toData(MixedGraph.official(seed).object(MixedGraph.MAX_DEPTH))
                    .toByteArray();
            if (!Arrays.equals(bytes, official)) {
                assertThat(HexFormat.of().formatHex(bytes))
                        .as("bytes of seed %d: %s", seed, fields)
                        .isEqualTo(HexFormat.of().formatHex(official));
            }
            assertThat(Fields.of(ours.toObject(Data.of(official))))
                    .as("read by this client, seed %d", seed)
                    .isEqualTo(fields);
            assertThat(Fields.of(theirs.<Object>toObject(new HeapData(bytes))))
                    .as("read by the official client, seed %d", seed)
                    .isEqualTo(fields);
        }
        assertThat(roots).as("classes that were tried").hasSizeGreaterThan(25);
    }

    /** As if another client had written all the objects: nothing is known of their classes but the schemas. */
    @Test
    void objectsOfAnotherClient_areReadByOneThatNeverWroteAny() {
        Schemas schemas = new Schemas();
        SerializationService writer = MixedObjects.ours(ByteOrder.BIG_ENDIAN, schemas);
        long first = new Random().nextLong();
        for (long seed = first; seed < first + GRAPHS / 10; seed++) {
            Object graph = MixedGraph.ours(seed).object(MixedGraph.MAX_DEPTH);
            Data data = writer.toData(graph);
            SerializationService reader = MixedObjects.ours(ByteOrder.BIG_ENDIAN, schemas);
            assertThat(Fields.of(reader.toObject(data))).as("seed %d", seed).isEqualTo(Fields.of(graph));
        }
    }

    @ParameterizedTest
    @MethodSource("keyForms")
    void randomKeys_landOnTheSamePartition(String form) {
        SerializationService ours = MixedObjects.ours(ByteOrder.BIG_ENDIAN, new Schemas());
        com.hazelcast.internal.serialization.SerializationService theirs = MixedObjects.official(ByteOrder.BIG_ENDIAN);
        long seed = new Random().nextLong();
        var ourKeys = requireNonNull(MixedGraph.ours(seed).keys().get(form));
        var officialKeys = requireNonNull(MixedGraph.official(seed).keys().get(form));
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
