// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.custom;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.serialization.impl.HeapData;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.AnyByteOrder;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.serialization.StreamSerializer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a custom or a global serializer writes: the same bytes as in the members' own service, which reads them as ours reads its. */
class OfficialCustomTest {

    record Label(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    @Property
    void anyText_hasTheOfficialBytes_andIsReadBothWays(
            @ForAll("labels") Label label,
            @ForAll(supplier = AnyByteOrder.class) ByteOrder order,
            @ForAll boolean global) {
        Map<Class<?>, Integer> registered = global ? Map.of() : Map.of(Label.class, 1);
        Map<Class<?>, StreamSerializer<?>> serializers = global ? Map.of() : Map.of(Label.class, new Named(1));
        SerializationService ours = CustomFormsTest.service(serializers, new Named(CustomFormsTest.GLOBAL), order);
        com.hazelcast.internal.serialization.SerializationService theirs = CustomFormsTest.official(registered, order);
        Object[] objects = {label, "behind", label};
        Object[] read = {
            label + "/" + (global ? CustomFormsTest.GLOBAL : 1),
            "behind",
            label + "/" + (global ? CustomFormsTest.GLOBAL : 1)
        };

        Data key = requireNonNull(ours.toData(label));
        byte[] bytes = requireNonNull(ours.toData(objects)).bytes();
        byte[] official = theirs.toData(objects).toByteArray();

        assertThat(CustomFormsTest.hex(key.bytes()))
                .isEqualTo(CustomFormsTest.hex(theirs.toData(label).toByteArray()));
        assertThat(key.partitionHash()).isEqualTo(theirs.toData(label).getPartitionHash());
        assertThat(CustomFormsTest.hex(bytes)).isEqualTo(CustomFormsTest.hex(official));
        assertThat(ours.<Object[]>toObject(Data.of(official))).isEqualTo(read);
        assertThat(theirs.<Object[]>toObject(new HeapData(bytes))).isEqualTo(read);
    }

    @Provide
    Arbitrary<Label> labels() {
        return Arbitraries.integers()
                .between(Character.MIN_CODE_POINT, Character.MAX_CODE_POINT)
                .filter(point -> !(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE))
                .list()
                .ofMaxSize(300)
                .map(points ->
                        new Label(points.stream().map(Character::toString).collect(Collectors.joining())));
    }
}
