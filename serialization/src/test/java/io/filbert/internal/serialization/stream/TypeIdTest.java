// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeIdTest {

    @ParameterizedTest
    @CsvSource({
        "0, null",
        "-1, Portable",
        "-2, IdentifiedDataSerializable or DataSerializable",
        "-7, java.lang.Integer",
        "-12, byte[]",
        "-22, java.util.AbstractMap.SimpleEntry",
        "-24, java.lang.Class",
        "-25, java.util.Date",
        "-28, java.lang.Object[]",
        "-29, java.util.ArrayList",
        "-32, java.util.HashMap",
        "-37, java.util.HashSet",
        "-42, java.util.ArrayDeque",
        "-46, java.util.concurrent.DelayQueue",
        "-49, java.util.PriorityQueue",
        "-50, java.util.Optional",
        "-54, java.time.OffsetDateTime",
        "-55, Compact",
        "-56, Compact with its schema inside",
        "-57, an unknown type",
        "-100, java.io.Serializable",
        "-101, java.io.Externalizable",
        "-130, HazelcastJsonValue",
        "-207, an unknown type",
        "-400, an unknown type",
        "-2147483648, an unknown type",
        "1, an object of a custom serializer",
        "2147483647, an object of a custom serializer",
    })
    void nameOf_id_saysWhatItStandsFor(int typeId, String name) {
        assertThat(TypeId.nameOf(typeId)).isEqualTo(name);
    }
}
