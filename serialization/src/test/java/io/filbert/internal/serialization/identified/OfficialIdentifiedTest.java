// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.identified;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.serialization.impl.HeapData;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.Choices;
import io.filbert.internal.serialization.SerializationService;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Identified objects with any content: this service and the members' own write the same bytes and read each other's. */
class OfficialIdentifiedTest {

    @Property(tries = 1000)
    void randomObjects_haveTheOfficialBytes_andAreReadBothWays(
            @ForAll("points") Point point, @ForAll boolean bigEndian) {
        SerializationService ours = IdentifiedFormTest.service(bigEndian, id -> new Point());
        com.hazelcast.internal.serialization.SerializationService theirs = IdentifiedFormTest.official(bigEndian);
        byte[] bytes = requireNonNull(ours.toData(point)).bytes();
        byte[] official = theirs.toData(OfficialPoint.of(point)).toByteArray();

        assertThat(IdentifiedFormTest.hex(bytes)).isEqualTo(IdentifiedFormTest.hex(official));
        assertThat(ours.<Object>toObject(Data.of(official))).isEqualTo(point);
        OfficialPoint read = theirs.toObject(new HeapData(bytes));
        assertThat(read.toOurs()).isEqualTo(point);
    }

    @Provide
    Arbitrary<Point> points() {
        return Choices.of(60, random -> Point.random(random, 3));
    }
}
