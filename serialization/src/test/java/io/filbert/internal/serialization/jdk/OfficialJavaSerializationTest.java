// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.serialization.impl.HeapData;
import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.Choices;
import io.filbert.internal.serialization.SerializationService;
import java.util.HexFormat;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Objects that write themselves to Java's streams: this service and the members' own write the same bytes and read each other's. */
class OfficialJavaSerializationTest {

    @Property(tries = 1000)
    void objects_haveTheOfficialBytes_andAreReadBothWays(@ForAll("objects") Object object, @ForAll boolean bigEndian) {
        SerializationService ours = new SerializationService(ClientConfig.builder()
                .isBigEndian(bigEndian)
                .javaSerializationAllowed(JavaSerializationTest.PACKAGE + ".*")
                .build()
                .serialization());
        com.hazelcast.internal.serialization.SerializationService theirs =
                JavaSerializationTest.official(bigEndian, false);
        byte[] bytes = requireNonNull(ours.toData(object)).bytes();
        byte[] official = theirs.toData(object).toByteArray();

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(HexFormat.of().formatHex(official));
        assertThat(ours.<Object>toObject(Data.of(official))).isEqualTo(object);
        assertThat(theirs.<Object>toObject(new HeapData(bytes))).isEqualTo(object);
    }

    @Provide
    Arbitrary<Object> objects() {
        return Choices.of(40, random -> switch (random.nextInt(4)) {
            case 0 -> random.nextBoolean() ? Order.Kind.SMALL : Order.Kind.LARGE;
            case 1 -> new Order[] {Order.random(random), null, Order.random(random)};
            case 2 -> new Parcel(random.nextLong(), Order.random(random));
            default -> Order.random(random);
        });
    }
}
