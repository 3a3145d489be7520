// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.serialization.GenericRecord;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A record that was read without its class is written as it was read. Guards against keys that were written with their fields by name,
 * whatever their order had been, and did not find their entries.
 */
class GenericRecordBytesTest {

    record Place(@Nullable String zone, int number, @Nullable String area, @Nullable List<String> names) {}

    record Trip(@Nullable Place to, @Nullable Place from, Place[] between, @Nullable String comment) {}

    private final Schemas schemas = new Schemas();
    private final SerializationService service = TestServices.with(schemas);
    private final SerializationService generic =
            TestServices.with(schemas, ClientConfig.builder().compactTypeFilter(name -> false));
    private final Random random = new Random(4);

    private @Nullable Place place() {
        return random.nextInt(5) == 0 ? null : new Place(text(), random.nextInt(), text(), null);
    }

    private @Nullable String text() {
        return random.nextInt(3) == 0 ? null : "x".repeat(random.nextInt(200));
    }

    private static String hex(@Nullable Data data) {
        return HexFormat.of().formatHex(requireNonNull(data).bytes());
    }

    @Test
    void recordsThatWereRead_areWrittenAsTheyWereRead() {
        for (int i = 0; i < 500; i++) {
            Place[] places = {place(), place(), place()};
            Data data = requireNonNull(service.toData(new Trip(place(), place(), places, text())));
            GenericRecord record = requireNonNull(generic.toObject(data));
            assertThat(hex(generic.toData(record))).isEqualTo(hex(data));
            assertThat(hex(generic.toData(record.toBuilder().build()))).isEqualTo(hex(data));
            assertThat(generic.<GenericRecord>toObject(data)).isEqualTo(record).hasSameHashCodeAs(record);
        }
    }

    @Test
    void recordWithAnotherValue_isWrittenAsTheClassWritesIt() {
        Place place = new Place("z", 1, "a", List.of("n"));
        GenericRecord record = requireNonNull(generic.toObject(service.toData(place)));
        GenericRecord changed = record.toBuilder().setString("zone", "y").build();
        assertThat(hex(generic.toData(changed))).isEqualTo(hex(service.toData(new Place("y", 1, "a", List.of("n")))));
        assertThat(record.getString("zone")).isEqualTo("z");
    }

    @Test
    void recordsOfTheOfficialClient_ofAnyOrderOfFields_areWrittenAsTheyWereRead() {
        Official official = new Official(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < 300; i++) {
            Bag bag = Bag.random(random, random.nextInt(12));
            Official theirs = OfficialCompactTest.theirs(ByteOrder.BIG_ENDIAN, bag.kinds());
            Data data = theirs.data(bag);
            theirs.copyTo(schemas);
            GenericRecord record = requireNonNull(generic.toObject(data));
            assertThat(hex(generic.toData(record))).as("%s", bag).isEqualTo(hex(data));
        }
        assertThat(official.schemaIds()).isEmpty();
    }

    @Test
    void manyFields_shareTheirNames() {
        GenericRecord.Builder wide = GenericRecord.compact("wide");
        for (int i = 0; i < 100; i++) {
            wide.setInt32("field" + i, i);
        }
        Data data = requireNonNull(generic.toData(wide.build()));
        GenericRecord first = requireNonNull(generic.toObject(data));
        GenericRecord second = requireNonNull(generic.toObject(data));
        assertThat(first).isEqualTo(second);
        assertThat(first.fieldNames()).isSameAs(second.fieldNames()).hasSize(100);
        assertThat(first.toBuilder().setInt32("field7", 8).build().fieldNames()).isSameAs(first.fieldNames());
        assertThat(first.toBuilder().setInt32("more", 8).build().fieldNames()).hasSize(101);
        assertThat(Arrays.asList(wide.build(), wide.setInt32("field1", 5).build()))
                .extracting(record -> record.getInt32("field1"))
                .containsExactly(1, 5);
    }
}
