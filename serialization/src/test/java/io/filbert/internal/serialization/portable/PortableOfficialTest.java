// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.portable.Model.Field;
import io.filbert.internal.serialization.portable.Model.Shape;
import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.ClassDefinitionBuilder;
import io.filbert.serialization.FieldType;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Portable objects of random classes: this service and the members' own write the same bytes and read each other's. */
class PortableOfficialTest {

    private static final int CLASSES = 500;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    static Stream<Arguments> ordersAndDefinitions() {
        return Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)
                .flatMap(order -> Stream.of(Arguments.of(order, true), Arguments.of(order, false)));
    }

    @ParameterizedTest
    @MethodSource("ordersAndDefinitions")
    void randomClasses_haveTheSameBytesAndReadBothWays(ByteOrder order, boolean registered) {
        for (int i = 0; i < CLASSES; i++) {
            Shape shape = Model.randomShape(random, 2);
            Pair writers = new Pair(order, shape, registered);
            Pair strangers = new Pair(order, shape, false);
            for (int j = 0; j < 3; j++) {
                Model model = Model.random(shape, random, registered);
                String what = "class " + i + ", object " + j + " with seed " + seed;
                byte[] bytes =
                        requireNonNull(writers.ours.toData(new OurModel(model))).bytes();
                assertSame(bytes, writers.official.toData(new OfficialModel(model)), what);

                assertThat(read(writers.ours, bytes)).as(what).isEqualTo(model);
                assertThat(read(strangers.ours, bytes)).as(what).isEqualTo(model);
                assertThat(readOfficially(writers.official, bytes)).as(what).isEqualTo(model);
                assertThat(readOfficially(strangers.official, bytes)).as(what).isEqualTo(model);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FieldType.class)
    void eachType_hasTheSameBytesNullOrNot(FieldType type) {
        boolean nests = type == FieldType.PORTABLE || type == FieldType.PORTABLE_ARRAY;
        Shape inner = new Shape(2, 0, List.of(new Field("x", FieldType.INT, null)), false);
        Shape shape = new Shape(1, 0, List.of(new Field("field", type, nests ? inner : null)), false);
        Pair pair = new Pair(ByteOrder.BIG_ENDIAN, shape, true);
        int nulls = 0;
        for (int i = 0; i < 200; i++) {
            Model model = Model.random(shape, random, true);
            nulls += model.values()[0] == null ? 1 : 0;
            byte[] bytes = requireNonNull(pair.ours.toData(new OurModel(model))).bytes();
            assertSame(bytes, pair.official.toData(new OfficialModel(model)), model + " with seed " + seed);
            assertThat(read(pair.ours, bytes)).isEqualTo(model);
        }
        boolean primitive = type.id() >= FieldType.BYTE.id() && type.id() <= FieldType.DOUBLE.id();
        assertThat(nulls > 0).as("nulls were tried").isEqualTo(!primitive);
    }

    @Test
    void objectsInsideOthers_havePositionsInTheWholeData() {
        for (int i = 0; i < CLASSES; i++) {
            Shape shape = Model.randomShape(random, 1);
            Pair pair = new Pair(ByteOrder.BIG_ENDIAN, shape, false);
            Model one = Model.random(shape, random, false);
            Model two = Model.random(shape, random, false);
            Object[] ours = {"text", new OurModel(one), new Object[] {1, new OurModel(two)}};
            Object[] theirs = {"text", new OfficialModel(one), new Object[] {1, new OfficialModel(two)}};
            byte[] bytes = requireNonNull(pair.ours.toData(ours)).bytes();
            assertSame(bytes, pair.official.toData(theirs), "class " + i + " with seed " + seed);

            Object[] read = requireNonNull(pair.ours.toObject(Data.of(bytes)));
            assertThat(((OurModel) requireNonNull(read[1])).model()).isEqualTo(one);
            Object[] nested = (Object[]) requireNonNull(read[2]);
            assertThat(((OurModel) requireNonNull(nested[1])).model()).isEqualTo(two);
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

    private static Model read(SerializationService service, byte[] bytes) {
        OurModel read = requireNonNull(service.toObject(Data.of(bytes)));
        return read.model();
    }

    private static Model readOfficially(
            com.hazelcast.internal.serialization.SerializationService service, byte[] bytes) {
        OfficialModel read = service.toObject(new HeapData(bytes));
        return read.model();
    }

    private static void assertSame(byte[] ours, com.hazelcast.internal.serialization.Data official, String what) {
        assertThat(HexFormat.of().formatHex(ours))
                .as(what)
                .isEqualTo(HexFormat.of().formatHex(official.toByteArray()));
    }

    /** A service of each client that knows the classes of a shape. */
    private static final class Pair {
        final SerializationService ours;
        final com.hazelcast.internal.serialization.SerializationService official;

        @SuppressWarnings("removal") // the official client announces the end of this form
        Pair(ByteOrder order, Shape shape, boolean registered) {
            Map<Integer, Shape> shapes = new HashMap<>();
            shape.all().forEach(one -> shapes.put(one.classId(), one));
            DefaultSerializationServiceBuilder builder = new DefaultSerializationServiceBuilder();
            builder.setByteOrder(order)
                    .addPortableFactory(
                            Sample.FACTORY, classId -> new OfficialModel(requireNonNull(shapes.get(classId))));
            if (registered) {
                shapes.values().forEach(one -> builder.addClassDefinition(OfficialDefinitions.of(one)));
            }
            official = builder.build();
            ours = Sample.service(config -> config.isBigEndian(order == ByteOrder.BIG_ENDIAN)
                    .classDefinitions(
                            registered
                                    ? shapes.values().stream()
                                            .map(Shape::definition)
                                            .toList()
                                    : List.of())
                    .portableFactories(
                            Map.of(Sample.FACTORY, classId -> new OurModel(requireNonNull(shapes.get(classId))))));
        }
    }
}
