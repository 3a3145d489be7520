// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.ConfigurationException;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.ClassDefinitionBuilder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is known about classes: given, written, found in streams. */
class ClassDefinitionsTest {

    private static final ClassDefinition INNER = intClass(2, 0, "x");

    private static ClassDefinition intClass(int classId, int version, String... fields) {
        ClassDefinitionBuilder builder = new ClassDefinitionBuilder(Sample.FACTORY, classId, version);
        for (String field : fields) {
            builder.addIntField(field);
        }
        return builder.build();
    }

    private static ClassDefinition holder(ClassDefinition nested) {
        return new ClassDefinitionBuilder(Sample.FACTORY, 1, 0)
                .addPortableField("p", nested)
                .build();
    }

    private static Data write(SerializationService service, Sample object) {
        return requireNonNull(service.toData(object));
    }

    // ---- configured

    @Test
    void equalDefinitionTwice_isAccepted() {
        SerializationService service = Sample.service(Map.of(), INNER, intClass(2, 0, "x"));
        assertThat(write(service, Sample.writing(1, writer -> writer.writeNullPortable("p", 1, 2))))
                .isNotNull();
    }

    @Test
    void differentDefinitionsOfOneClass_areRefused() {
        for (ClassDefinition other : List.of(intClass(2, 0, "y"), intClass(2, 0, "x", "y"), intClass(2, 1, "x"))) {
            assertThatThrownBy(() -> Sample.service(Map.of(), INNER, other))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("classDefinitions")
                    .hasMessageContaining("class 2 of factory 1");
        }
    }

    @Test
    void nestedDefinitionMissing_isRefusedUnlessNotChecked() {
        ClassDefinition arrays = new ClassDefinitionBuilder(Sample.FACTORY, 3)
                .addPortableArrayField("all", INNER)
                .build();
        assertThatThrownBy(() -> Sample.service(Map.of(), holder(INNER), arrays))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .hasSize(2)
                                .allMatch(problem -> problem.contains("portable class 2 of factory 1")
                                        && problem.contains("checkClassDefinitionErrors(false)"))
                                .anyMatch(problem -> problem.contains("\"p\" of portable class 1"))
                                .anyMatch(problem -> problem.contains("\"all\" of portable class 3")));

        SerializationService unchecked = Sample.service(config -> config.classDefinitions(holder(INNER))
                .checkClassDefinitionErrors(false)
                .portableFactories(Map.of(
                        Sample.FACTORY,
                        classId -> Sample.reading(classId, reader -> reader.readPortable("p") == null))));
        Sample read = requireNonNull(unchecked.toObject(
                write(unchecked, Sample.writing(1, writer -> writer.writePortable("p", null)))));
        assertThat(read.result()).isEqualTo(true);
    }

    @Test
    void nestedDefinitionOfAnotherVersion_isEnough() {
        assertThat(Sample.service(Map.of(), holder(intClass(2, 5, "x")), INNER)).isNotNull();
    }

    @Test
    void classIdZero_isRefused() {
        assertThatThrownBy(() -> Sample.service(Map.of(), intClass(0, 0, "x"), holder(INNER)))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .hasSize(2)
                                .anyMatch(problem -> problem.contains("portable class 0 of factory 1, version 0")
                                        && problem.contains("a class id must not be 0")));
    }

    @Test
    void negativeVersion_standsForTheConfiguredOne() {
        ClassDefinition unversioned = new ClassDefinitionBuilder(Sample.FACTORY, 1)
                .addPortableField("p", intClass(2, -1, "x"))
                .build();
        SerializationService service = Sample.service(7, Map.of(), unversioned, intClass(2, -1, "x"));
        // Without the definition, a null could not be written.
        byte[] bytes = write(service, Sample.writing(1, writer -> writer.writePortable("p", null)))
                .bytes();
        assertThat(bytes[16 + 3]).isEqualTo((byte) 7);
    }

    @Test
    void objectThatDoesNotFitItsDefinition_isRefused() {
        SerializationService service = Sample.service(Map.of(), INNER);
        assertThatThrownBy(() -> service.toData(Sample.writing(2, writer -> writer.writeLong("x", 1))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("as LONG: it is INT");
    }

    // ---- found in streams

    @Test
    void definitionFoundInAStream_isUsedForWriting() {
        SerializationService reader = Sample.service(Map.of(1, r -> r.getFieldNames(), 2, r -> r.readInt("x")));
        reader.toObject(write(Sample.service(Map.of()), Sample.writing(1, writer -> {
            writer.writePortable("p", Sample.writing(2, inner -> inner.writeInt("x", 1)));
            writer.writeInt("b", 1);
        })));
        // Both classes are known now: null can be written in either way, and another field cannot.
        assertThat(write(reader, Sample.writing(1, writer -> {
                    writer.writePortable("p", null);
                    writer.writeInt("b", 1);
                })))
                .isNotNull();
        assertThat(write(reader, Sample.writing(3, writer -> writer.writeNullPortable("p", 1, 2))))
                .isNotNull();
        assertThatThrownBy(() -> reader.toData(Sample.writing(1, writer -> writer.writeInt("c", 1))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("no field \"c\"");
    }

    @Test
    void definitionWithAnUnknownNestedClass_isUsedForReadingOnly() {
        SerializationService writer = Sample.service(Map.of(), INNER, holder(INNER));
        Data withNull = write(writer, Sample.writing(1, w -> w.writePortable("p", null)));
        SerializationService reader =
                Sample.service(Map.of(1, r -> r.readPortable("p") == null, 2, r -> r.readInt("x")));
        for (int i = 0; i < 2; i++) {
            Sample read = requireNonNull(reader.toObject(withNull));
            assertThat(read.result()).isEqualTo(true);
        }
        assertThatThrownBy(() -> reader.toData(Sample.writing(1, w -> w.writePortable("p", null))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("is not known yet");
        // The first object that says more completes it.
        Data full =
                write(reader, Sample.writing(1, w -> w.writePortable("p", Sample.writing(2, i -> i.writeInt("x", 1)))));
        assertThat(reader.toData(Sample.writing(1, w -> w.writePortable("p", null))))
                .isEqualTo(withNull);
        Sample read = requireNonNull(reader.toObject(full));
        assertThat(read.result()).isEqualTo(false);
    }

    @Test
    void nullNestedObject_doesNotKeepLaterOnesFromBeingFound() {
        ClassDefinition other = intClass(3, 0, "y");
        ClassDefinition outer = new ClassDefinitionBuilder(Sample.FACTORY, 1, 0)
                .addPortableField("unknown", other)
                .addPortableArrayField("empty", other)
                .addPortableField("known", INNER)
                .build();
        Data data = write(Sample.service(Map.of(), outer, other, INNER), Sample.writing(1, w -> {
            w.writePortable("unknown", null);
            w.writePortableArray("empty", null);
            w.writePortable("known", Sample.writing(2, i -> i.writeInt("x", 1)));
        }));
        SerializationService reader = Sample.service(Map.of(1, r -> r.getVersion()));
        reader.toObject(data);
        assertThat(reader.toData(Sample.writing(4, w -> w.writeNullPortable("p", 1, 2))))
                .as("class 2 is known now")
                .isNotNull();
        assertThatThrownBy(() -> reader.toData(Sample.writing(5, w -> w.writeNullPortable("p", 1, 3))))
                .as("class 3 is not")
                .isInstanceOf(SerializationException.class);
    }

    // ---- the registry itself

    @Test
    void sameDefinition_isKeptOnce() {
        ClassDefinitions definitions = new ClassDefinitions(true);
        Layout first = definitions.register(INNER);
        assertThat(definitions.register(intClass(2, 0, "x"))).isSameAs(first);
        assertThat(definitions.discover(intClass(2, 0, "x"), false)).isSameAs(first);
        assertThat(definitions.find(1, 2, 0)).isSameAs(first);
    }

    @Test
    void nestedVersion_mayDiffer() {
        ClassDefinitions definitions = new ClassDefinitions(true);
        Layout first = definitions.register(holder(INNER));
        assertThat(definitions.register(holder(intClass(2, 9, "x")))).isSameAs(first);
    }

    @Test
    void differentDefinition_isRefusedAndTheFieldNamed() {
        ClassDefinitions definitions = new ClassDefinitions(true);
        definitions.register(intClass(1, 3, "a", "b"));
        assertThatThrownBy(() -> definitions.register(intClass(1, 3, "a", "c")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Two different definitions of portable class 1 of factory 1, version 3")
                .hasMessageContaining("field 1 is \"b\" (INT) in the one known already and \"c\" (INT) in the other");
        assertThatThrownBy(() -> definitions.register(intClass(1, 3, "a")))
                .hasMessageContaining("field 1 is \"b\" (INT) in the one known already and missing in the other");
        assertThatThrownBy(() -> definitions.register(new ClassDefinitionBuilder(1, 1, 3)
                        .addIntField("a")
                        .addPortableField("b", INNER)
                        .build()))
                .hasMessageContaining("\"b\" (PORTABLE of class 2 of factory 1) in the other");
    }

    @Test
    void manyDefinitions_areAllFound() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ClassDefinitions definitions = new ClassDefinitions(true);
        List<ClassDefinition> all = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            ClassDefinition definition =
                    new ClassDefinitionBuilder(random.nextInt(4) - 2, random.nextInt(), random.nextInt(3)).build();
            all.add(definition);
            definitions.register(definition);
        }
        for (ClassDefinition definition : all) {
            Layout found = definitions.find(definition.factoryId(), definition.classId(), definition.version());
            assertThat(requireNonNull(found).definition).as("seed %d", seed).isEqualTo(definition);
            assertThat(definitions.find(definition.factoryId(), definition.classId(), 99))
                    .isNull();
        }
    }

    @Test
    void fieldsWrittenInAnotherOrderThanDefined_areFoundByTheirPositions() {
        ClassDefinition definition = new ClassDefinitionBuilder(Sample.FACTORY, 1, 0)
                .addIntField("x")
                .addIntField("y")
                .build();
        SerializationService ours =
                Sample.service(Map.of(1, reader -> List.of(reader.readInt("x"), reader.readInt("y"))), definition);
        Data data = requireNonNull(ours.toData(Sample.writing(1, writer -> {
            writer.writeInt("y", 1);
            writer.writeInt("x", 2);
        })));
        assertThat(HexFormat.of().formatHex(data.bytes()))
                .as("what the official client writes")
                .isEqualTo(
                        "00000000ffffffff000000010000000100000000000000380000000200000030000000280000000000017905000000010001780500000002");
        Sample read = requireNonNull(ours.toObject(data));
        assertThat(read.result()).isEqualTo(List.of(2, 1));
    }
}
