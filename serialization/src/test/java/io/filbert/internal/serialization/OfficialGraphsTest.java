// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.serialization.impl.HeapData;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.internal.serialization.vectors.Fields;
import io.filbert.mixed.MixedObjects;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Objects of all forms inside each other: this service and the members' own write the same bytes and read each other's. */
class OfficialGraphsTest {

    private static final int GRAPHS = 5_000;
    private static final Set<Class<?>> ROOTS = new HashSet<>();

    @Property(tries = GRAPHS)
    void graphs_haveTheSameBytesAndReadBothWays(
            @ForAll("numbers") long[] numbers, @ForAll(supplier = AnyByteOrder.class) ByteOrder order) {
        Object graph = MixedGraph.ours(new Choices(numbers)).object(MixedGraph.MAX_DEPTH);
        if (graph == null) {
            return;
        }
        ROOTS.add(graph.getClass());
        SerializationService ours = MixedObjects.ours(order, new Schemas());
        com.hazelcast.internal.serialization.SerializationService theirs = MixedObjects.official(order);
        String fields = Fields.of(graph);
        byte[] bytes = requireNonNull(ours.toData(graph)).bytes();
        byte[] official = theirs.toData(
                        MixedGraph.official(new Choices(numbers)).object(MixedGraph.MAX_DEPTH))
                .toByteArray();

        assertThat(HexFormat.of().formatHex(bytes))
                .as("bytes of %s", fields)
                .isEqualTo(HexFormat.of().formatHex(official));
        assertThat(Fields.of(ours.toObject(Data.of(official))))
                .as("read by this client")
                .isEqualTo(fields);
        assertThat(Fields.of(theirs.<Object>toObject(new HeapData(bytes))))
                .as("read by the official client")
                .isEqualTo(fields);
    }

    @AfterContainer
    static void manyClassesWereTried() {
        assertThat(ROOTS).hasSizeGreaterThan(25);
    }

    /** As if another client had written all the objects: nothing is known of their classes but the schemas. */
    @Property(tries = GRAPHS / 10)
    void objectsOfAnotherClient_areReadByOneThatNeverWroteAny(
            @ForAll("numbers") long[] numbers, @ForAll(supplier = AnyByteOrder.class) ByteOrder order) {
        Object graph = MixedGraph.ours(new Choices(numbers)).object(MixedGraph.MAX_DEPTH);
        Schemas schemas = new Schemas();
        Data data = MixedObjects.ours(order, schemas).toData(graph);

        Object read = MixedObjects.ours(order, schemas).toObject(data);

        assertThat(Fields.of(read)).isEqualTo(Fields.of(graph));
    }

    @Provide
    Arbitrary<long[]> numbers() {
        return Choices.numbers(400);
    }
}
