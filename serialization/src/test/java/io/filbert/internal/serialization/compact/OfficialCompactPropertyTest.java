// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.AnyByteOrder;
import io.filbert.internal.serialization.Choices;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.serialization.GenericRecord;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The comparison of {@link OfficialCompactTest} with objects that seek the edges and shrink to small counterexamples. */
class OfficialCompactPropertyTest {

    @Property(tries = 3000)
    void eachKind(@ForAll("single") Bag bag, @ForAll(supplier = AnyByteOrder.class) ByteOrder order) {
        OfficialCompactTest.requireAgreement(order, bag, "single field");
    }

    @Property(tries = 500)
    void manyFieldsOfRandomKinds(@ForAll("bags") Bag bag, @ForAll(supplier = AnyByteOrder.class) ByteOrder order) {
        OfficialCompactTest.requireAgreement(order, bag, "many fields");
    }

    /** Of records that are built, and of those that were read without knowing the class. */
    @Property(tries = 1000)
    void genericRecords_haveTheSameBytesIfTheFieldsAreWrittenByName(
            @ForAll("bags") Bag any, @ForAll(supplier = AnyByteOrder.class) ByteOrder order) {
        Bag bag = any.byName();
        Official theirs = OfficialCompactTest.theirs(order, bag.kinds());
        Data data = theirs.data(bag);
        String bytes = hex(data.bytes());
        Official strangers = new Official(order);
        assertThat(hex(strangers.write(bag.officialRecord()))).isEqualTo(bytes);
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

        GenericRecord read = requireNonNull(without.toObject(data));
        GenericRecord built = bag.record();
        Object readByThem = strangers.read(requireNonNull(without.toData(built)));

        assertThat(read).isEqualTo(built).hasSameHashCodeAs(built);
        assertThat(read.typeName()).isEqualTo("bag");
        assertThat(hex(requireNonNull(without.toData(read)).bytes())).isEqualTo(bytes);
        assertThat(hex(requireNonNull(without.toData(built)).bytes())).isEqualTo(bytes);
        assertThat(hex(strangers.write(readByThem))).isEqualTo(bytes);
        assertThat(read.toBuilder().build()).isEqualTo(read);
    }

    /** Of each kind as many. */
    @Provide
    Arbitrary<Bag> single() {
        return Arbitraries.of(Bag.KINDS)
                .flatMap(kind -> Choices.of(40, random -> Bag.random(random, Map.of("field", kind))));
    }

    @Provide
    Arbitrary<Bag> bags() {
        return Arbitraries.frequency(Tuple.of(9, 12), Tuple.of(1, 200))
                .flatMap(fields -> Choices.of(20 * fields, random -> Bag.random(random, random.nextInt(fields))));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
