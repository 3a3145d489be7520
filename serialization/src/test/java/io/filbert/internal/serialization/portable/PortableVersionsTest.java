// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.portable.Model.Field;
import io.filbert.internal.serialization.portable.Model.Shape;
import io.filbert.serialization.FieldType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients with an old and a new version of a class exchange objects, as the manual tells, and one of them may be an official one. */
class PortableVersionsTest {

    private static final int OLD = 1;
    private static final int NEW = 2;
    private static final Field NAME = new Field("name", FieldType.STRING, null);
    private static final Field AGE = new Field("age", FieldType.INT, null);

    static Stream<Arguments> parties() {
        return Stream.of(
                Arguments.of(Party.OURS, Party.OURS),
                Arguments.of(Party.OFFICIAL, Party.OURS),
                Arguments.of(Party.OURS, Party.OFFICIAL));
    }

    private static Shape shape(int version, Field... fields) {
        return new Shape(1, version, List.of(fields), false);
    }

    private static Model model(Shape shape, @Nullable Object... values) {
        return new Model(shape, values, null);
    }

    private static void assertIncompatible(Party reader, byte[] bytes, Shape shape, String... words) {
        if (reader == Party.OURS) {
            assertThatThrownBy(() -> reader.read(bytes, shape))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContainingAll(words);
        } else {
            assertThatThrownBy(() -> reader.read(bytes, shape)).isNotNull();
        }
    }

    // ---- the scenarios of the manual

    @ParameterizedTest
    @MethodSource("parties")
    void addedField_isNullInObjectsOfOldClients(Party writer, Party reader) {
        Shape after = shape(NEW, NAME, AGE, new Field("email", FieldType.STRING, null));
        byte[] bytes = writer.write(model(shape(OLD, NAME, AGE), "Ada", 36));
        assertThat(reader.read(bytes, after)).isEqualTo(model(after, "Ada", 36, null));
    }

    @ParameterizedTest
    @MethodSource("parties")
    void addedField_isIgnoredByOldClients(Party writer, Party reader) {
        Shape before = shape(OLD, NAME, AGE);
        Shape after = shape(NEW, new Field("email", FieldType.STRING, null), NAME, AGE);
        byte[] bytes = writer.write(model(after, "ada@example.org", "Ada", 36));
        assertThat(reader.read(bytes, before)).isEqualTo(model(before, "Ada", 36));
    }

    @ParameterizedTest
    @MethodSource("parties")
    void removedField_isNullForOldClients(Party writer, Party reader) {
        Shape before = shape(OLD, NAME, AGE);
        byte[] bytes = writer.write(model(shape(NEW, AGE), 36));
        assertThat(reader.read(bytes, before)).isEqualTo(model(before, null, 36));
    }

    @ParameterizedTest
    @MethodSource("parties")
    void removedField_isIgnoredByNewClients(Party writer, Party reader) {
        Shape after = shape(NEW, AGE);
        byte[] bytes = writer.write(model(shape(OLD, NAME, AGE), "Ada", 36));
        assertThat(reader.read(bytes, after)).isEqualTo(model(after, 36));
    }

    @ParameterizedTest
    @MethodSource("parties")
    void fieldOfAnIncompatibleNewType_isRefusedByNewClients(Party writer, Party reader) {
        byte[] bytes = writer.write(model(shape(OLD, NAME, AGE), "Ada", 36));
        assertIncompatible(
                reader,
                bytes,
                shape(NEW, NAME, new Field("age", FieldType.STRING, null)),
                "the field \"age\" of portable class 1 of factory 1, version 1",
                "as STRING: it is INT",
                "getClassVersion()");
    }

    @ParameterizedTest
    @MethodSource("parties")
    void fieldOfAnIncompatibleNewType_isRefusedByOldClients(Party writer, Party reader) {
        Shape after = shape(NEW, NAME, new Field("age", FieldType.STRING, null));
        byte[] bytes = writer.write(model(after, "Ada", "thirty-six"));
        assertIncompatible(
                reader,
                bytes,
                shape(OLD, NAME, AGE),
                "the field \"age\" of portable class 1 of factory 1, version 2",
                "as INT: it is STRING");
    }

    @ParameterizedTest
    @MethodSource("parties")
    void fieldOfAWiderNewType_isReadFromObjectsOfOldClients(Party writer, Party reader) {
        Shape after = shape(NEW, NAME, new Field("age", FieldType.FLOAT, null));
        byte[] bytes = writer.write(model(shape(OLD, NAME, AGE), "Ada", 36));
        assertThat(reader.read(bytes, after)).isEqualTo(model(after, "Ada", 36f));
    }

    @ParameterizedTest
    @MethodSource("parties")
    void fieldOfAWiderNewType_isRefusedByOldClients(Party writer, Party reader) {
        Shape after = shape(NEW, NAME, new Field("age", FieldType.FLOAT, null));
        byte[] bytes = writer.write(model(after, "Ada", 36f));
        assertIncompatible(reader, bytes, shape(OLD, NAME, AGE), "as INT: it is FLOAT");
    }

    @ParameterizedTest
    @MethodSource("parties")
    void unmodifiedClass_worksAsUsual(Party writer, Party reader) {
        Shape same = shape(OLD, NAME, AGE);
        assertThat(reader.read(writer.write(model(same, "Ada", 36)), same)).isEqualTo(model(same, "Ada", 36));
    }

    @ParameterizedTest
    @MethodSource("parties")
    void unmodifiedClassOfANewVersion_worksAsUsual(Party writer, Party reader) {
        Shape after = shape(NEW, NAME, AGE);
        byte[] bytes = writer.write(model(shape(OLD, NAME, AGE), "Ada", 36));
        assertThat(reader.read(bytes, after)).isEqualTo(model(after, "Ada", 36));
    }

    @Test
    void classWithoutVersion_hasTheConfiguredOne() {
        for (int version : new int[] {0, 1, 7}) {
            SerializationService service = Sample.service(version, Map.of(1, reader -> reader.getVersion()));
            Data data = requireNonNull(service.toData(Sample.writing(1, writer -> {
                assertThat(writer.getVersion()).isEqualTo(version);
                writer.writeInt("x", 1);
            })));
            Sample read = requireNonNull(service.toObject(data));
            assertThat(read.result()).isEqualTo(version);
        }
    }

    @Test
    void classWithVersion_doesNotHaveTheConfiguredOne() {
        SerializationService service = Sample.service(config -> config.portableVersion(7)
                .portableFactories(
                        Map.of(Sample.FACTORY, classId -> Sample.reading(classId, 3, reader -> reader.getVersion()))));
        Data data = requireNonNull(service.toData(Sample.writing(1, 3, writer -> writer.writeInt("x", 1))));
        Sample read = requireNonNull(service.toObject(data));
        assertThat(read.result()).isEqualTo(3);
    }

    // ---- beyond

    @ParameterizedTest
    @MethodSource("parties")
    void nestedClassOfAnotherVersion_isReadByItsOwnRules(Party writer, Party reader) {
        Shape innerBefore = new Shape(2, OLD, List.of(AGE), false);
        Shape innerAfter = new Shape(2, NEW, List.of(new Field("age", FieldType.LONG, null), NAME), false);
        Shape before = shape(
                0,
                NAME,
                new Field("in", FieldType.PORTABLE, innerBefore),
                new Field("all", FieldType.PORTABLE_ARRAY, innerBefore));
        Shape after = shape(
                0,
                NAME,
                new Field("in", FieldType.PORTABLE, innerAfter),
                new Field("all", FieldType.PORTABLE_ARRAY, innerAfter));
        byte[] bytes = writer.write(model(
                before, "Ada", model(innerBefore, 1), new Model[] {model(innerBefore, 2), model(innerBefore, 3)}));

        assertThat(reader.read(bytes, after, innerAfter))
                .isEqualTo(model(after, "Ada", model(innerAfter, 1L, null), new Model[] {
                    model(innerAfter, 2L, null), model(innerAfter, 3L, null)
                }));
    }

    @ParameterizedTest
    @MethodSource("parties")
    void missingFieldsOfAllTypes_areZeroFalseOrNull(Party writer, Party reader) {
        byte[] bytes = writer.write(model(shape(OLD, NAME), "Ada"));
        Shape nested = new Shape(2, NEW, List.of(AGE), false);
        for (FieldType type : FieldType.values()) {
            Shape after = shape(NEW, NAME, new Field("added", type, nested));
            Object value = reader.read(bytes, after, nested).values()[1];
            Object expected = switch (type) {
                case BYTE -> (byte) 0;
                case BOOLEAN -> false;
                case CHAR -> '\0';
                case SHORT -> (short) 0;
                case INT -> 0;
                case LONG -> 0L;
                case FLOAT -> 0f;
                case DOUBLE -> 0d;
                default -> null;
            };
            assertThat(value).as(type.name()).isEqualTo(expected);
        }
    }

    static final Map<FieldType, Set<FieldType>> ACCEPTED = Map.of(
            FieldType.SHORT, Set.of(FieldType.BYTE),
            FieldType.INT, Set.of(FieldType.BYTE, FieldType.CHAR, FieldType.SHORT),
            FieldType.LONG, Set.of(FieldType.BYTE, FieldType.CHAR, FieldType.SHORT, FieldType.INT),
            FieldType.FLOAT, Set.of(FieldType.BYTE, FieldType.CHAR, FieldType.SHORT, FieldType.INT),
            FieldType.DOUBLE,
                    Set.of(
                            FieldType.BYTE,
                            FieldType.CHAR,
                            FieldType.SHORT,
                            FieldType.INT,
                            FieldType.LONG,
                            FieldType.FLOAT));

    /** All 900 pairs of types. */
    @ParameterizedTest
    @MethodSource("parties")
    void typeOfAField_isWidenedOrRefused(Party writer, Party reader) {
        Shape nested = new Shape(2, 0, List.of(AGE), false);
        for (FieldType written : FieldType.values()) {
            Shape before = shape(OLD, new Field("field", written, nested));
            byte[] bytes = writer.write(model(before, value(written, nested)));
            for (FieldType wanted : FieldType.values()) {
                Shape after = shape(NEW, new Field("field", wanted, nested));
                String what = written + " as " + wanted;
                boolean accepted = ACCEPTED.getOrDefault(wanted, Set.of()).contains(written);
                if (wanted == written) {
                    assertThat(reader.read(bytes, after, nested))
                            .as(what)
                            .isEqualTo(model(after, value(written, nested)));
                } else if (accepted) {
                    assertThat(reader.read(bytes, after).values()[0]).as(what).isEqualTo(value(wanted, nested));
                } else {
                    assertThatThrownBy(() -> reader.read(bytes, after, nested))
                            .as(what)
                            .isNotNull();
                    if (reader == Party.OURS) {
                        assertThatThrownBy(() -> reader.read(bytes, after, nested))
                                .isInstanceOf(SerializationException.class)
                                .hasMessageContaining("as " + wanted + ": it is " + written);
                    }
                }
            }
        }
    }

    /** All numbers are 65, which as a character is A. */
    private static Object value(FieldType type, Shape nested) {
        Map<FieldType, Object> values = new HashMap<>(Map.of(
                FieldType.BYTE,
                (byte) 65,
                FieldType.CHAR,
                'A',
                FieldType.SHORT,
                (short) 65,
                FieldType.INT,
                65,
                FieldType.LONG,
                65L,
                FieldType.FLOAT,
                65f,
                FieldType.DOUBLE,
                65d,
                FieldType.PORTABLE,
                model(nested, 65),
                FieldType.PORTABLE_ARRAY,
                new Model[] {model(nested, 65)}));
        Object value = values.get(type);
        if (value != null) {
            return value;
        }
        return Model.example(type);
    }

    @Test
    void widestNumbers_keepTheirValue() {
        Map<Integer, Sample.Reading> reading = Map.of(
                1,
                reader -> List.of(
                        reader.readShort("b"),
                        reader.readInt("c"),
                        reader.readLong("i"),
                        reader.readDouble("l"),
                        reader.readFloat("i"),
                        reader.readDouble("f"),
                        reader.readLong("c")));
        Data data = requireNonNull(Sample.service(0, Map.of()).toData(Sample.writing(1, writer -> {
            writer.writeByte("b", Byte.MIN_VALUE);
            writer.writeChar("c", Character.MAX_VALUE);
            writer.writeInt("i", Integer.MIN_VALUE);
            writer.writeLong("l", Long.MAX_VALUE);
            writer.writeFloat("f", Float.MIN_VALUE);
        })));
        Sample read = requireNonNull(Sample.service(1, reading).toObject(data));
        assertThat(read.result())
                .isEqualTo(List.of(
                        (short) Byte.MIN_VALUE,
                        (int) Character.MAX_VALUE,
                        (long) Integer.MIN_VALUE,
                        (double) Long.MAX_VALUE,
                        (float) Integer.MIN_VALUE,
                        (double) Float.MIN_VALUE,
                        (long) Character.MAX_VALUE));
    }

    @Test
    void sameVersion_widensNothing() {
        SerializationService service = Sample.service(Map.of(1, reader -> reader.readLong("x")));
        Data data = requireNonNull(service.toData(Sample.writing(1, writer -> writer.writeInt("x", 1))));
        assertThatThrownBy(() -> service.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("as LONG: it is INT");
    }

    @Test
    void rawDataOfAnotherVersion_areRead() {
        Data data = requireNonNull(Sample.service(0, Map.of()).toData(Sample.writing(1, writer -> {
            writer.writeInt("x", 1);
            writer.getRawDataOutput().writeString("raw");
        })));
        Sample read = requireNonNull(Sample.service(
                        5,
                        Map.of(
                                1,
                                reader -> reader.readLong("x")
                                        + reader.getRawDataInput().readString()))
                .toObject(data));
        assertThat(read.result()).isEqualTo("1raw");
    }

    // ---- one version for each class

    @Test
    void secondVersionOfAClass_isRefused() {
        SerializationService service = Sample.service(Map.of());
        Data first = service.toData(Sample.writing(1, 3, writer -> writer.writeInt("x", 1)));
        assertThat(first).isNotNull();
        for (int other : new int[] {4, 0}) {
            assertThatThrownBy(() -> service.toData(Sample.writing(1, other, writer -> writer.writeInt("x", 1))))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("Portable class 1 of factory 1 has given the versions 3 and " + other)
                    .hasMessageContaining("getClassVersion()");
        }
        assertThat(service.toData(Sample.writing(1, 3, writer -> writer.writeInt("x", 1))))
                .isEqualTo(first);
        assertThat(service.toData(Sample.writing(2, 4, writer -> writer.writeInt("x", 1))))
                .isNotNull();
    }

    @Test
    void versionAfterNone_isAccepted() {
        SerializationService service = Sample.service(Map.of());
        Sample unversioned = Sample.writing(1, writer -> writer.writeInt("x", 1));
        assertThat(service.toData(unversioned)).isNotNull();
        assertThat(service.toData(Sample.writing(1, 1, writer -> writer.writeInt("x", 1))))
                .isNotNull();
        assertThatThrownBy(() -> service.toData(unversioned)).hasMessageContaining("versions 1 and 0");
    }

    @Test
    void secondVersionOfAClass_isRefusedOnReadingToo() {
        int[] version = {3};
        SerializationService service = Sample.service(config -> config.portableFactories(
                Map.of(Sample.FACTORY, classId -> Sample.reading(classId, version[0], reader -> reader.readInt("x")))));
        for (int written : new int[] {0, 3, 4}) {
            Data data = requireNonNull(
                    Sample.service(Map.of()).toData(Sample.writing(1, written, writer -> writer.writeInt("x", 1))));
            version[0] = 3;
            Sample read = requireNonNull(service.toObject(data));
            assertThat(read.result()).isEqualTo(1);
            version[0] = 4;
            assertThatThrownBy(() -> service.toObject(data))
                    .as("written by version %d", written)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("versions 3 and 4");
        }
    }
}
