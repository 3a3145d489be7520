// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schema;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import io.filbert.serialization.FieldKind;
import io.filbert.serialization.GenericRecord;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bytes and schema ids that the reference writes. */
class CompactVectorsTest {

    record Employee(@Nullable String name, int age) {}

    static final class EmployeeSerializer implements CompactSerializer<Employee> {
        @Override
        public Employee read(CompactReader reader) {
            return new Employee(reader.readString("name"), reader.readInt32("age"));
        }

        @Override
        public void write(CompactWriter writer, Employee object) {
            writer.writeString("name", object.name);
            writer.writeInt32("age", object.age);
        }

        @Override
        public Class<Employee> getCompactClass() {
            return Employee.class;
        }

        @Override
        public String getTypeName() {
            return "employee";
        }
    }

    /** Writes its fields in an order that is not that of their names. */
    static final class Mix {}

    static final class MixSerializer implements CompactSerializer<Mix> {
        @Override
        public Mix read(CompactReader reader) {
            return new Mix();
        }

        @Override
        public void write(CompactWriter writer, Mix object) {
            writer.writeInt8("b", (byte) -2);
            writer.writeInt64("l", 5);
            writer.writeInt16("s", (short) 3);
            writer.writeBoolean("t1", true);
            writer.writeBoolean("t2", false);
            writer.writeBoolean("t3", true);
            writer.writeNullableInt32("ni", null);
            writer.writeNullableInt64("nl", 7L);
            writer.writeString("str", "hi");
            writer.writeArrayOfBoolean("ab", new boolean[] {true, false, true, true, false, false, false, false, true});
            writer.writeArrayOfNullableInt16("ans", new @Nullable Short[] {1, null, 2});
            writer.writeArrayOfString("as", new @Nullable String[] {"x", null});
        }

        @Override
        public Class<Mix> getCompactClass() {
            return Mix.class;
        }

        @Override
        public String getTypeName() {
            return "mix";
        }
    }

    private final Schemas schemas = new Schemas();
    private final SerializationService service = new SerializationService(
            ClientConfig.builder()
                    .compactSerializers(new EmployeeSerializer(), new MixSerializer())
                    .build()
                    .serialization(),
            schemas,
            schema -> {});

    @Test
    void schemaIds() {
        assertThat(new Schema(
                                "employee",
                                List.of(
                                        new Schema.Field("name", FieldKind.STRING),
                                        new Schema.Field("age", FieldKind.INT32)))
                        .id())
                .isEqualTo(5111716649987055870L);
        assertThat(new Schema("empty", List.of()).id()).isEqualTo(7118292658705342496L);
        assertThat(new Schema("typeName", List.of(new Schema.Field("b", FieldKind.BOOLEAN))).id())
                .isEqualTo(3574621435442444073L);
    }

    @Test
    void employee() {
        assertThat(hex(new Employee("John", 30)))
                .isEqualTo("00000000ffffffc946f07735caeda0fe0000000c0000001e000000044a6f686e04");
        assertThat(hex(new Employee(null, 30))).isEqualTo("00000000ffffffc946f07735caeda0fe000000040000001eff");
        assertThat(schemas.find(5111716649987055870L)).isNotNull();
    }

    @Test
    void employee_isReadBack() {
        Employee employee = new Employee("John", 30);
        Employee nameless = new Employee(null, 30);
        assertThat(this.<Employee>copy(employee)).isEqualTo(employee);
        assertThat(this.<Employee>copy(nameless)).isEqualTo(nameless);
    }

    @Test
    void mix() {
        assertThat(hex(new Mix()))
                .isEqualTo("00000000ffffffc9d4b1b8661c0b34e40000003e00000000000000050003fe05000000000000000700000002"
                        + "6869000000090d0100000004000000030001000200ff020000000500000002000000017800ff1a202fff0c14");
        assertThat(schemas.find(-3120510318094371612L)).isNotNull();
    }

    @Test
    void genericRecords_haveTheSameBytes() {
        GenericRecord employee = GenericRecord.compact("employee")
                .setInt32("age", 30)
                .setString("name", "John")
                .build();
        assertThat(hex(employee)).isEqualTo("00000000ffffffc946f07735caeda0fe0000000c0000001e000000044a6f686e04");
        assertThat(this.<Employee>copy(employee)).isEqualTo(new Employee("John", 30));
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> @Nullable T copy(Object object) {
        return service.toObject(service.toData(object));
    }

    private String hex(Object object) {
        Data data = requireNonNull(service.toData(object));
        return HexFormat.of().formatHex(data.bytes());
    }
}
