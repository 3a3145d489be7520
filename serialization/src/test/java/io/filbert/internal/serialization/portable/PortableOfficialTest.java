// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.AnyByteOrder;
import io.filbert.internal.serialization.Choices;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.portable.Model.Field;
import io.filbert.internal.serialization.portable.Model.Shape;
import io.filbert.serialization.FieldType;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Portable objects of random classes: this service and the members' own write the same bytes and read each other's. */
class PortableOfficialTest {

    @Property(tries = 1000)
    void randomClasses_haveTheSameBytesAndReadBothWays(
            @ForAll("numbers") long[] numbers,
            @ForAll(supplier = AnyByteOrder.class) ByteOrder order,
            @ForAll boolean registered) {
        Random random = new Choices(numbers);
        Shape shape = Model.randomShape(random, 2);
        Pair writers = new Pair(order, shape, registered);
        Pair strangers = new Pair(order, shape, false);
        for (int i = 0; i < 3; i++) {
            Model model = Model.random(shape, random, registered);
            byte[] bytes =
                    requireNonNull(writers.ours.toData(new OurModel(model))).bytes();
            String what = "%s of %s".formatted(model, shape);
            assertSame(bytes, writers.official.toData(new OfficialModel(model)), what);

            assertThat(read(writers.ours, bytes)).as(what).isEqualTo(model);
            assertThat(read(strangers.ours, bytes)).as(what).isEqualTo(model);
            assertThat(readOfficially(writers.official, bytes)).as(what).isEqualTo(model);
            assertThat(readOfficially(strangers.official, bytes)).as(what).isEqualTo(model);
        }
    }

    @Property(tries = 3000)
    void eachType_hasTheSameBytesNullOrNot(
            @ForAll("single") Model model, @ForAll(supplier = AnyByteOrder.class) ByteOrder order) {
        Pair pair = new Pair(order, model.shape(), true);
        byte[] bytes = requireNonNull(pair.ours.toData(new OurModel(model))).bytes();
        assertSame(bytes, pair.official.toData(new OfficialModel(model)), model.toString());
        assertThat(read(pair.ours, bytes)).isEqualTo(model);
        assertThat(readOfficially(pair.official, bytes)).isEqualTo(model);
    }

    @Property(tries = 500)
    void objectsInsideOthers_havePositionsInTheWholeData(
            @ForAll("numbers") long[] numbers, @ForAll(supplier = AnyByteOrder.class) ByteOrder order) {
        Random random = new Choices(numbers);
        Shape shape = Model.randomShape(random, 1);
        Pair pair = new Pair(order, shape, false);
        Model one = Model.random(shape, random, false);
        Model two = Model.random(shape, random, false);
        Object[] ours = {"text", new OurModel(one), new Object[] {1, new OurModel(two)}};
        Object[] theirs = {"text", new OfficialModel(one), new Object[] {1, new OfficialModel(two)}};
        byte[] bytes = requireNonNull(pair.ours.toData(ours)).bytes();
        assertSame(bytes, pair.official.toData(theirs), one + " and " + two);

        Object[] read = requireNonNull(pair.ours.toObject(Data.of(bytes)));
        assertThat(((OurModel) requireNonNull(read[1])).model()).isEqualTo(one);
        Object[] nested = (Object[]) requireNonNull(read[2]);
        assertThat(((OurModel) requireNonNull(nested[1])).model()).isEqualTo(two);
        Object[] readByThem = pair.official.toObject(new HeapData(bytes));
        assertThat(((OfficialModel) readByThem[1]).model()).isEqualTo(one);
        assertThat(((OfficialModel) ((Object[]) readByThem[2])[1]).model()).isEqualTo(two);
    }

    @Provide
    Arbitrary<long[]> numbers() {
        return Choices.numbers(400);
    }

    /** Of each type as many. */
    @Provide
    Arbitrary<Model> single() {
        Shape inner = new Shape(2, 0, List.of(new Field("x", FieldType.INT, null)), false);
        return Arbitraries.of(FieldType.class).flatMap(type -> {
            boolean nests = type == FieldType.PORTABLE || type == FieldType.PORTABLE_ARRAY;
            Shape shape = new Shape(1, 0, List.of(new Field("field", type, nests ? inner : null)), false);
            return Choices.of(40, random -> Model.random(shape, random, true));
        });
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
