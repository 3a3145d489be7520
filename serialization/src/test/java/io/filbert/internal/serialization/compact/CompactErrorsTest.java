// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.config.ClientConfig;
import io.filbert.error.ConfigurationException;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schema;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.internal.serialization.schema.UnknownSchemaException;
import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import io.filbert.serialization.FieldKind;
import io.filbert.serialization.GenericRecord;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that serializers, configurations and other programs can do wrong. */
class CompactErrorsTest {

    record Thing(int step) {}

    record Part(int number) {}

    record OtherPart(int number) {}

    private record Custom<T>(
            Class<T> type, String name, Function<CompactReader, T> reading, BiConsumer<CompactWriter, T> writing)
            implements CompactSerializer<T> {
        @Override
        public T read(CompactReader reader) {
            return reading.apply(reader);
        }

        @Override
        public void write(CompactWriter writer, T object) {
            writing.accept(writer, object);
        }

        @Override
        public Class<T> getCompactClass() {
            return type;
        }

        @Override
        public String getTypeName() {
            return name;
        }
    }

    private static SerializationService service(BiConsumer<CompactWriter, Thing> writing) {
        return service(reader -> new Thing(0), writing);
    }

    private static SerializationService service(
            Function<CompactReader, Thing> reading, BiConsumer<CompactWriter, Thing> writing) {
        return TestServices.with(
                new Schemas(),
                ClientConfig.builder().compactSerializers(new Custom<>(Thing.class, "thing", reading, writing)));
    }

    // ---- writing

    @Test
    void fieldNotInTheSchema() {
        SerializationService service = service((writer, thing) -> {
            writer.writeInt32("a", 1);
            if (thing.step > 0) {
                writer.writeString("b", "x");
            }
        });
        service.toData(new Thing(0));
        assertThatThrownBy(() -> service.toData(new Thing(1)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("'b' as STRING")
                .hasMessageContaining("'thing'")
                .hasMessageContaining("'a' INT32");
    }

    @Test
    void otherKind() {
        SerializationService service = service((writer, thing) -> {
            if (thing.step == 0) {
                writer.writeInt32("a", 1);
            } else {
                writer.writeInt64("a", 1);
            }
        });
        service.toData(new Thing(0));
        assertThatThrownBy(() -> service.toData(new Thing(1)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("'a' of type 'thing' as INT64")
                .hasMessageContaining("as INT32");
    }

    @Test
    void fieldNotWritten() {
        SerializationService service = service((writer, thing) -> {
            writer.writeInt32("a", 1);
            if (thing.step == 0) {
                writer.writeString("b", "x");
            }
        });
        service.toData(new Thing(0));
        assertThatThrownBy(() -> service.toData(new Thing(1)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("'thing' lacks field 'b' of kind STRING");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void fieldWrittenTwice(int step) {
        SerializationService service = service((writer, thing) -> {
            writer.writeInt32("a", 1);
            if (thing.step == step) {
                writer.writeInt32("a", 2);
            }
        });
        if (step == 1) {
            service.toData(new Thing(0));
        }
        assertThatThrownBy(() -> service.toData(new Thing(step)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("'a' of type 'thing' is written twice");
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 65, 127, 128, 200})
    void fieldsBeyondTheFirst64_areCountedToo(int fields) {
        SerializationService service = service((writer, thing) -> {
            for (int i = 0; i < fields; i++) {
                if (thing.step != 1 || i != fields - 1) {
                    writer.writeNullableInt32("f" + i, i);
                }
            }
            if (thing.step == 2) {
                writer.writeNullableInt32("f" + (fields - 1), 0);
            }
        });
        assertThat(service.<Thing>toObject(service.toData(new Thing(0)))).isNotNull();
        assertThatThrownBy(() -> service.toData(new Thing(1)))
                .hasMessageContaining("lacks field 'f" + (fields - 1) + "'");
        assertThatThrownBy(() -> service.toData(new Thing(2)))
                .hasMessageContaining("'f" + (fields - 1) + "' of type 'thing' is written twice");
    }

    @Test
    @SuppressWarnings("NullAway") // what a user may do
    void nullAsName() {
        SerializationService service = service((writer, thing) -> writer.writeInt32(null, 1));
        assertThatThrownBy(() -> service.toData(new Thing(0)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the name of a field");
    }

    @Test
    void itemsOfDifferentClasses() {
        SerializationService service = service((writer, thing) ->
                writer.writeArrayOfCompact("parts", new @Nullable Object[] {null, new Part(1), new OtherPart(2)}));
        assertThatThrownBy(() -> service.toData(new Thing(0)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("'parts' of type 'thing'")
                .hasMessageContaining(Part.class.getName())
                .hasMessageContaining(OtherPart.class.getName());
    }

    @Test
    void itemsOfDifferentTypes_withoutClasses() {
        SerializationService service = service((writer, thing) -> writer.writeArrayOfCompact("parts", new Object[] {
            GenericRecord.compact("a").build(), GenericRecord.compact("b").build()
        }));
        assertThatThrownBy(() -> service.toData(new Thing(0)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("type 'a'")
                .hasMessageContaining("type 'b'");
    }

    @Test
    void nestedObjectOfBuiltInClass() {
        SerializationService service = service((writer, thing) -> writer.writeCompact("part", "text"));
        assertThatThrownBy(() -> service.toData(new Thing(0)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.lang.String into a compact object");
    }

    @Test
    void whatSerializersThrow_isWrapped() {
        SerializationService service = service(
                reader -> {
                    throw new IllegalStateException("reading");
                },
                (writer, thing) -> {
                    if (thing.step > 0) {
                        throw new IllegalStateException("writing");
                    }
                });
        assertThatThrownBy(() -> service.toData(new Thing(1)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(Thing.class.getName())
                .hasMessageContaining("writing")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> service.toObject(service.toData(new Thing(0))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("reading")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    // ---- reading

    @Test
    void itemsOfAnotherClassThanExpected() {
        SerializationService service = service(
                reader -> new Thing(requireNonNull(reader.readArrayOfCompact("parts", OtherPart.class)).length),
                (writer, thing) -> writer.writeArrayOfCompact("parts", new Object[] {new Part(1)}));
        assertThatThrownBy(() -> service.toObject(service.toData(new Thing(0))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("an array of " + OtherPart.class.getName())
                .hasMessageContaining("an item is of " + Part.class.getName());
    }

    @Test
    void unknownSchema_isASignalForWhoeverCanFetchIt() {
        Data data = requireNonNull(
                service((writer, thing) -> writer.writeInt32("a", 1)).toData(new Thing(0)));
        long id = new Schema("thing", List.of(new Schema.Field("a", FieldKind.INT32))).id();
        assertThatThrownBy(() -> new SerializationService().toObject(data))
                .isInstanceOfSatisfying(
                        UnknownSchemaException.class,
                        missing -> assertThat(missing.schemaId()).isEqualTo(id))
                .hasMessageContaining(Long.toString(id));
    }

    @Test
    void unknownSchemaOfANestedObject_isASignalToo() {
        Schemas all = new Schemas();
        Schemas some = new Schemas();
        SerializationService writer =
                new SerializationService(ClientConfig.builder().build().serialization(), all, schema -> {});
        record Outer(Part part) {}
        Data data = requireNonNull(writer.toData(new Outer(new Part(1))));
        Schema outer = all.all().stream()
                .filter(schema -> schema.typeName().equals(Outer.class.getName()))
                .findAny()
                .orElseThrow();
        some.add(outer);
        SerializationService reader = TestServices.with(some);
        assertThatThrownBy(() -> reader.toObject(data)).isInstanceOf(UnknownSchemaException.class);
        all.all().forEach(some::add);
        assertThat(reader.<Outer>toObject(data)).isEqualTo(new Outer(new Part(1)));
    }

    @Test
    void schemaThatNoObjectCanBeOf_isRefused() {
        for (List<Schema.Field> fields : List.of(
                List.of(new Schema.Field("a", FieldKind.CHAR)),
                List.of(new Schema.Field("a", FieldKind.NOT_AVAILABLE)),
                List.of(new Schema.Field("a", FieldKind.ARRAY_OF_PORTABLE)),
                List.of(new Schema.Field("a", FieldKind.INT8), new Schema.Field("a", FieldKind.INT16)))) {
            Schemas schemas = new Schemas();
            Schema schema = new Schema("bad", fields);
            schemas.add(schema);
            byte[] bytes = HexFormat.of()
                    .parseHex("00000000ffffffc9" + HexFormat.of().toHexDigits(schema.id()) + "00000000000000000000");
            assertThatThrownBy(() -> TestServices.with(schemas).toObject(Data.of(bytes)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("'bad'")
                    .hasMessageContaining("'a'");
        }
    }

    @Test
    void compactWithSchemaInside_isRefused() {
        byte[] bytes = HexFormat.of().parseHex("00000000ffffffc80000000000000000");
        assertThatThrownBy(() -> new SerializationService().toObject(Data.of(bytes)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("-56")
                .hasMessageContaining("members use this form among themselves");
    }

    // ---- publishing

    @Test
    void schemas_arePublishedOnceAndBeforeTheyAreKnown() {
        Schemas schemas = new Schemas();
        List<String> published = new ArrayList<>();
        SerializationService service =
                new SerializationService(ClientConfig.builder().build().serialization(), schemas, schema -> {
                    assertThat(schemas.find(schema.id())).isNull();
                    published.add(schema.typeName());
                });
        record Outer(Part part, @Nullable OtherPart other) {}
        Object first = new Outer(new Part(1), null);
        service.toData(first);
        service.toData(first);
        assertThat(published).containsExactly(Outer.class.getName(), Part.class.getName());
        service.toData(new Outer(new Part(1), new OtherPart(2)));
        assertThat(published).hasSize(3).last().isEqualTo(OtherPart.class.getName());
        service.toData(GenericRecord.compact(Part.class.getName())
                .setInt32("number", 5)
                .build());
        assertThat(published).hasSize(3);
    }

    @Test
    void fetchedSchemas_areNotPublished() {
        Schemas schemas = new Schemas();
        TestServices.with(schemas).toData(new Part(1));
        SerializationService other =
                new SerializationService(ClientConfig.builder().build().serialization(), schemas, schema -> {
                    throw new AssertionError("known already: " + schema);
                });
        assertThat(other.toData(new Part(2))).isNotNull();
    }

    // ---- configuration

    static final class NoConstructor {
        final int a;

        NoConstructor(int a) {
            this.a = a;
        }
    }

    @Test
    void registeredClasses_thatCannotBeWritten_areRefusedAtOnce() {
        ClientConfig.Builder config = ClientConfig.builder().compactClasses(Part.class, NoConstructor.class);
        assertThatThrownBy(() -> TestServices.with(new Schemas(), config))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("compactClasses: " + NoConstructor.class.getName())
                .hasMessageContaining("no constructor without parameters");
    }
}
