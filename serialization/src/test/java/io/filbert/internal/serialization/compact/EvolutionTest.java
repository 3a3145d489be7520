// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import io.filbert.serialization.FieldKind;
import io.filbert.serialization.GenericRecord;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Programs of different age share objects: fields come, go, change places, and become nullable or not. */
class EvolutionTest {

    /** One program's idea of an employee. */
    record Version(Object object) {}

    private record Program(Function<CompactReader, Version> reading, BiConsumer<CompactWriter, Object> writing)
            implements CompactSerializer<Version> {
        @Override
        public Version read(CompactReader reader) {
            return reading.apply(reader);
        }

        @Override
        public void write(CompactWriter writer, Version version) {
            writing.accept(writer, version.object);
        }

        @Override
        public Class<Version> getCompactClass() {
            return Version.class;
        }

        @Override
        public String getTypeName() {
            return "employee";
        }
    }

    private final Schemas cluster = new Schemas();

    private SerializationService program(
            Function<CompactReader, Object> reading, BiConsumer<CompactWriter, Object> writing) {
        return TestServices.with(
                cluster,
                ClientConfig.builder()
                        .compactSerializers(new Program(reader -> new Version(reading.apply(reader)), writing)));
    }

    private final SerializationService old = program(
            reader -> List.of(reader.readInt32("age"), requireNonNull(reader.readString("name"))), (writer, object) -> {
                writer.writeInt32("age", 30);
                writer.writeString("name", "Ada");
            });

    private Data written(SerializationService service) {
        return requireNonNull(service.toData(new Version("")));
    }

    private static Object read(SerializationService service, Data data) {
        return requireNonNull(service.<Version>toObject(data)).object;
    }

    @Test
    void addedField_isAbsentInOldObjectsAndIgnoredByOldPrograms() {
        SerializationService young = program(
                reader -> List.of(
                        reader.readInt32("age"),
                        reader.getFieldKind("surname") == FieldKind.STRING
                                ? requireNonNull(reader.readString("surname"))
                                : "unknown"),
                (writer, object) -> {
                    writer.writeString("surname", "Lovelace");
                    writer.writeInt32("age", 36);
                    writer.writeString("name", "Ada");
                });
        assertThat(read(young, written(old))).isEqualTo(List.of(30, "unknown"));
        assertThat(read(young, written(young))).isEqualTo(List.of(36, "Lovelace"));
        assertThat(read(old, written(young))).isEqualTo(List.of(36, "Ada"));
        assertThat(cluster.all()).hasSize(2);
    }

    @Test
    void addedField_readWithoutAsking_isRefused() {
        SerializationService young =
                program(reader -> requireNonNull(reader.readString("surname")), (writer, object) -> {});
        assertThatThrownBy(() -> young.toObject(written(old)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("'surname'")
                .hasMessageContaining("'employee'")
                .hasMessageContaining("'age' INT32")
                .hasMessageContaining("getFieldKind");
    }

    @Test
    void removedField_isMissedByOldPrograms() {
        SerializationService young =
                program(reader -> reader.readInt32("age"), (writer, object) -> writer.writeInt32("age", 36));
        assertThat(read(young, written(old))).isEqualTo(30);
        assertThatThrownBy(() -> old.toObject(written(young)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("'name'");
    }

    @Test
    void orderOfWriting_isNotPartOfTheSchema() {
        SerializationService other = program(reader -> reader.readInt32("age"), (writer, object) -> {
            writer.writeString("name", "Ada");
            writer.writeInt32("age", 30);
        });
        assertThat(written(other)).isEqualTo(written(old));
        assertThat(cluster.all()).hasSize(1);
    }

    @Test
    void nullableAndPlain_areExchangeable() {
        SerializationService nullable = program(
                reader -> {
                    Integer age = reader.readNullableInt32("age");
                    return age == null ? "none" : age;
                },
                (writer, object) -> {
                    writer.writeNullableInt32("age", 31);
                    writer.writeString("name", "Ada");
                });
        SerializationService ageless = program(reader -> "", (writer, object) -> {
            writer.writeNullableInt32("age", null);
            writer.writeString("name", "Ada");
        });
        assertThat(read(nullable, written(old))).isEqualTo(30);
        assertThat(read(old, written(nullable))).isEqualTo(List.of(31, "Ada"));
        assertThat(read(nullable, written(ageless))).isEqualTo("none");
        assertThatThrownBy(() -> old.toObject(written(ageless)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("field 'age' of type 'employee' as INT32: it is null")
                .hasMessageContaining("readNullableInt32");
    }

    @Test
    void arraysOfNullableAndPlain_areExchangeable() {
        SerializationService plain = program(
                reader -> reader.readArrayOfInt16("a"),
                (writer, object) -> writer.writeArrayOfInt16("a", new short[] {1, 2}));
        SerializationService nullable = program(
                reader -> reader.readArrayOfNullableInt16("a"),
                (writer, object) -> writer.writeArrayOfNullableInt16("a", new @Nullable Short[] {3, 4}));
        SerializationService withNull = program(
                reader -> "",
                (writer, object) -> writer.writeArrayOfNullableInt16("a", new @Nullable Short[] {3, null}));
        assertThat(read(plain, written(nullable))).isEqualTo(new short[] {3, 4});
        assertThat(read(nullable, written(plain))).isEqualTo(new Short[] {1, 2});
        assertThat(read(nullable, written(withNull))).isEqualTo(new Short[] {3, null});
        assertThatThrownBy(() -> plain.toObject(written(withNull)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("holds null")
                .hasMessageContaining("readArrayOfNullableInt16");
    }

    @Test
    void changedKind_isRefused() {
        SerializationService young = program(reader -> reader.readInt64("age"), (writer, object) -> {});
        assertThatThrownBy(() -> young.toObject(written(old)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("'age' of type 'employee' as INT64: it was written as INT32")
                .hasMessageContaining("readInt32");
        SerializationService text = program(reader -> String.valueOf(reader.readString("age")), (writer, object) -> {});
        assertThatThrownBy(() -> text.toObject(written(old)))
                .hasMessageContaining("as STRING: it was written as INT32");
    }

    // ---- without serializers: the class changes, its name does not

    record Grown(
            int age,
            @Nullable String name,
            long salary,
            boolean active,
            @Nullable Double rate,
            OptionalInt floor,
            @Nullable List<String> tags,
            @Nullable Map<String, String> map) {}

    @Test
    void fieldByField_missingFieldsAreDefaultsAndUnknownOnesIgnored() {
        SerializationService service = TestServices.with(cluster);
        GenericRecord stored = GenericRecord.compact(Grown.class.getName())
                .setNullableInt32("age", 5)
                .setString("name", "n")
                .setString("department", "removed long ago")
                .build();
        assertThat(service.<Grown>toObject(service.toData(stored)))
                .isEqualTo(new Grown(5, "n", 0, false, null, OptionalInt.empty(), null, null));
    }

    @Test
    void fieldByField_nullForANumber_isRefused() {
        SerializationService service = TestServices.with(cluster);
        GenericRecord stored = GenericRecord.compact(Grown.class.getName())
                .setNullableInt32("age", null)
                .build();
        assertThatThrownBy(() -> service.toObject(service.toData(stored)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("'age'")
                .hasMessageContaining("is null");
    }

    @Test
    void fieldByField_changedKind_isRefused() {
        SerializationService service = TestServices.with(cluster);
        GenericRecord stored = GenericRecord.compact(Grown.class.getName())
                .setString("age", "five")
                .build();
        assertThatThrownBy(() -> service.toObject(service.toData(stored)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("declares it as INT32, but it was written as STRING");
    }

    // ---- with the members' own service as the other program

    record Person(int age, @Nullable String name, @Nullable Integer score) {}

    private static final class OlderPersonOfTheirs
            implements com.hazelcast.nio.serialization.compact.CompactSerializer<Person> {
        @Override
        public Person read(com.hazelcast.nio.serialization.compact.CompactReader reader) {
            return new Person(reader.readInt32("age"), reader.readString("name"), null);
        }

        @Override
        public void write(com.hazelcast.nio.serialization.compact.CompactWriter writer, Person person) {
            writer.writeNullableInt32("age", person.age);
            writer.writeString("name", person.name);
            writer.writeBoolean("gone", true);
        }

        @Override
        public Class<Person> getCompactClass() {
            return Person.class;
        }

        @Override
        public String getTypeName() {
            return Person.class.getName();
        }
    }

    @Test
    void theirOlderProgram_andOurYounger() {
        Official theirs = new Official(ByteOrder.BIG_ENDIAN, new OlderPersonOfTheirs());
        SerializationService ours = TestServices.with(cluster);
        Person person = new Person(36, "Ada", 100);

        Data fromThem = theirs.data(person);
        theirs.copyTo(cluster);
        assertThat(ours.<Person>toObject(fromThem)).isEqualTo(new Person(36, "Ada", null));

        Data fromUs = requireNonNull(ours.toData(person));
        theirs.copyFrom(cluster);
        assertThat(theirs.<Person>read(fromUs)).isEqualTo(new Person(36, "Ada", null));
    }

    @Test
    void genericRecords_areReadByTheirPrograms() {
        Official theirs = new Official(ByteOrder.LITTLE_ENDIAN, new OlderPersonOfTheirs());
        SerializationService ours =
                TestServices.with(cluster, ClientConfig.builder().isBigEndian(false));
        GenericRecord record = GenericRecord.compact(Person.class.getName())
                .setInt32("age", 5)
                .setString("name", "Eve")
                .build();
        Data data = requireNonNull(ours.toData(record));
        theirs.copyFrom(cluster);
        assertThat(theirs.<Person>read(data)).isEqualTo(new Person(5, "Eve", null));
    }
}
