// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.ConfigurationException;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SerializationChecksTest {

    static Stream<BadValue> badValues() {
        String id = "1 to 2147483647";
        String own = "a class of your own";
        String ownOrRecord = "a record or a class of your own";
        String names = Samples.class.getName() + "$";
        String pattern = "the name of a class, or of a package followed by .* or .**";
        return Stream.of(
                new BadValue(b -> b.maxDecompressedBytes(0), "maxDecompressedBytes", "0", "1 to 2147483647"),
                new BadValue(b -> b.portableVersion(-1), "portableVersion", "-1", "0 to 2147483647"),
                new BadValue(b -> b.maxDecompressedBytes(0), "maxDecompressedBytes", "0", "1 to 2147483647"),
                new BadValue(
                        b -> b.dataSerializableFactories(Map.of(0, Samples.FACTORY)),
                        "dataSerializableFactories: a factory id",
                        "0",
                        id),
                new BadValue(
                        b -> b.portableFactories(Map.of(-1, Samples.PORTABLE_FACTORY)),
                        "portableFactories: a factory id",
                        "-1",
                        id),
                new BadValue(
                        b -> b.classDefinitions(Samples.definition(1, "a"), Samples.definition(1, "b")),
                        "classDefinitions: class 7 of factory 5",
                        "defined twice and not the same",
                        "defined once"),
                new BadValue(
                        b -> b.classDefinitions(Samples.definition(1, "a"), Samples.definition(2, "a")),
                        "classDefinitions: class 7 of factory 5",
                        "defined twice and not the same",
                        "defined once"),
                new BadValue(
                        b -> b.compactSerializers(new Samples.Compact(null, "order")),
                        "compactSerializers: the class of " + names + "Compact",
                        "null",
                        own),
                new BadValue(
                        b -> b.compactSerializers(new Samples.Compact(String.class, "text")),
                        "compactSerializers: the class of " + names + "Compact",
                        "java.lang.String, which has a built-in form",
                        own),
                new BadValue(
                        b -> b.compactSerializers(new Samples.Compact(int[].class, "ints")),
                        "compactSerializers: the class of " + names + "Compact",
                        "int[], which has a built-in form",
                        own),
                new BadValue(
                        b -> b.compactSerializers(new Samples.Compact(Runnable.class, "runnable")),
                        "compactSerializers: the class of " + names + "Compact",
                        "java.lang.Runnable, of which there are no objects",
                        own),
                new BadValue(
                        b -> b.compactSerializers(new Samples.Compact(Number.class, "number")),
                        "compactSerializers: the class of " + names + "Compact",
                        "java.lang.Number, which is abstract, so that no object is of just this class",
                        own),
                new BadValue(
                        b -> b.compactSerializers(Samples.COMPACT, new Samples.Compact(Samples.Order.class, "other")),
                        "compactSerializers: the class of " + names + "Compact",
                        names + "Order, which is that of " + names + "Compact too",
                        "the class of one serializer"),
                new BadValue(
                        b -> b.compactSerializers(new Samples.Compact(Samples.Order.class, "")),
                        "compactSerializers: the type name of " + names + "Compact",
                        "\"\"",
                        "a name"),
                new BadValue(
                        b -> b.compactSerializers(new Samples.Compact(Samples.Order.class, null)),
                        "compactSerializers: the type name of " + names + "Compact",
                        "null",
                        "a name"),
                new BadValue(
                        b -> b.compactSerializers(Samples.COMPACT, new Samples.Compact(Samples.Line.class, "order")),
                        "compactSerializers: the type name \"order\"",
                        "that of " + names + "Compact and of " + names + "Compact",
                        "that of one serializer"),
                new BadValue(
                        b -> b.compactClasses(Runnable.class),
                        "compactClasses: java.lang.Runnable",
                        "an interface",
                        ownOrRecord),
                new BadValue(
                        b -> b.compactClasses(Samples.Kind.class),
                        "compactClasses: " + names + "Kind",
                        "an enum, whose constants other objects hold by their names",
                        ownOrRecord),
                new BadValue(
                        b -> b.compactClasses(Samples.Order[].class),
                        "compactClasses: " + names + "Order[]",
                        "an array or a primitive type",
                        ownOrRecord),
                new BadValue(
                        b -> b.compactClasses(ArrayList.class),
                        "compactClasses: java.util.ArrayList",
                        "a class with a built-in form",
                        ownOrRecord),
                new BadValue(
                        b -> b.compactClasses(Thread.class),
                        "compactClasses: java.lang.Thread",
                        "a class of the JDK, whose fields are not open",
                        ownOrRecord),
                new BadValue(
                        b -> b.compactClasses(Samples.Order.class).compactSerializers(Samples.COMPACT),
                        "compactClasses: " + names + "Order",
                        "the class of one of the compactSerializers too",
                        "in one of both"),
                new BadValue(
                        b -> b.customSerializers(Map.of(Integer.class, Samples.SERIALIZER)),
                        "customSerializers: java.lang.Integer",
                        "a class with a built-in form",
                        own),
                new BadValue(
                        b -> b.customSerializers(Map.of(Samples.Order.class, new Samples.Stream(0))),
                        "customSerializers: the type id of " + names + "Stream",
                        "0",
                        id),
                new BadValue(
                        b -> b.customSerializers(Map.of(
                                Samples.Order.class, Samples.SERIALIZER, Samples.Line.class, new Samples.Stream(5))),
                        "customSerializers: the type id of " + names + "Stream",
                        "5, which is that of " + names + "Stream too",
                        "the type id of one serializer"),
                new BadValue(
                        b -> b.globalSerializer(new Samples.Stream(-100)),
                        "globalSerializer: the type id of " + names + "Stream",
                        "-100",
                        id),
                new BadValue(
                        b -> b.customSerializers(Map.of(Samples.Order.class, Samples.SERIALIZER))
                                .globalSerializer(new Samples.Stream(5)),
                        "globalSerializer: the type id of " + names + "Stream",
                        "5, which is that of " + names + "Stream too",
                        "the type id of one serializer"),
                new BadValue(b -> b.javaSerializationAllowed(""), "javaSerializationAllowed", "\"\"", pattern),
                new BadValue(b -> b.javaSerializationAllowed("a.b."), "javaSerializationAllowed", "\"a.b.\"", pattern),
                new BadValue(b -> b.javaSerializationAllowed("**"), "javaSerializationAllowed", "\"**\"", pattern),
                new BadValue(
                        b -> b.javaSerializationAllowed("a.*.b"), "javaSerializationAllowed", "\"a.*.b\"", pattern),
                new BadValue(b -> b.javaSerializationAllowed("a.B*"), "javaSerializationAllowed", "\"a.B*\"", pattern),
                new BadValue(
                        b -> b.javaSerializationAllowed("a.B[]"), "javaSerializationAllowed", "\"a.B[]\"", pattern),
                new BadValue(b -> b.javaSerializationAllowed("!a.B"), "javaSerializationAllowed", "\"!a.B\"", pattern),
                new BadValue(
                        b -> b.javaSerializationAllowed("a.B;c.D"), "javaSerializationAllowed", "\"a.B;c.D\"", pattern),
                new BadValue(
                        b -> b.javaSerializationAllowed("a.B").javaSerializationFilter(Samples.FILTER),
                        "javaSerializationFilter",
                        "given together with javaSerializationAllowed",
                        "the only one of both"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badValues")
    void build_badValue_isReportedWithOptionValueRangeAndRemedy(BadValue value) {
        value.assertReported();
    }

    @Test
    void build_severalBadSerializationOptions_reportsAllOfThemAtOnce() {
        ClientConfig.Builder builder = ClientConfig.builder()
                .portableVersion(-1)
                .portableFactories(Map.of(0, Samples.PORTABLE_FACTORY, -1, Samples.PORTABLE_FACTORY))
                .compactClasses(Runnable.class, String.class)
                .customSerializers(Map.of(String.class, new Samples.Stream(0)))
                .javaSerializationAllowed("a.", "b.")
                .ioThreads(0);

        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems()).hasSize(10));
    }

    @Test
    void build_oneSerializerForSeveralClasses_isFine() {
        ClientConfig config = ClientConfig.builder()
                .customSerializers(
                        Map.of(Samples.Order.class, Samples.SERIALIZER, Samples.Line.class, Samples.SERIALIZER))
                .globalSerializer(Samples.SERIALIZER)
                .build();

        assertThat(config.serialization().customSerializers()).hasSize(2);
    }
}
