// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.micro;

import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.compact.Schema;
import com.hazelcast.internal.serialization.impl.compact.SchemaService;
import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A record of ten fields in compact form and back: with a serializer of the user, and field by field. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CompactBenchmark {

    /** What is serialized. */
    public record Person(
            long id,
            @Nullable String name,
            int age,
            double salary,
            boolean active,
            @Nullable String city,
            @Nullable Integer score,
            @Nullable LocalDate birthday,
            @Nullable BigDecimal balance,
            int @Nullable [] ratings) {}

    /** How the fields are found. */
    public enum Way {
        SERIALIZER,
        FIELD_BY_FIELD
    }

    @Param
    public Way way = Way.SERIALIZER;

    private SerializationService filbert = new SerializationService();
    private com.hazelcast.internal.serialization.SerializationService official =
            new DefaultSerializationServiceBuilder().build();
    private final Person person = new Person(
            4711,
            "Ada Lovelace",
            36,
            1234.5,
            true,
            "London",
            42,
            LocalDate.of(1815, 12, 10),
            new BigDecimal("99.95"),
            new int[] {5, 4, 5, 3});
    private @Nullable Data data;
    private com.hazelcast.internal.serialization.@Nullable Data officialData;

    @Setup
    public void prepare() {
        ClientConfig.Builder config = ClientConfig.builder();
        com.hazelcast.config.SerializationConfig officialConfig = new com.hazelcast.config.SerializationConfig();
        if (way == Way.SERIALIZER) {
            config.compactSerializers(new PersonSerializer());
            officialConfig.getCompactSerializationConfig().addSerializer(new OfficialPersonSerializer());
        }
        filbert = new SerializationService(config.build().serialization());
        official = new DefaultSerializationServiceBuilder()
                .setConfig(officialConfig)
                .setSchemaService(new LocalSchemas())
                .build();
        data = toData_filbert();
        officialData = toData_official();
        if (data == null
                || !Arrays.equals(data.bytes(), officialData.toByteArray())
                || !String.valueOf(toObject_filbert())
                        .replaceAll("@.*", "")
                        .equals(String.valueOf(toObject_official()).replaceAll("@.*", ""))) {
            throw new IllegalStateException("The two clients disagree");
        }
    }

    @Benchmark
    public @Nullable Data toData_filbert() {
        return filbert.toData(person);
    }

    @Benchmark
    public com.hazelcast.internal.serialization.Data toData_official() {
        return official.toData(person);
    }

    @Benchmark
    public @Nullable Object toObject_filbert() {
        return filbert.toObject(data);
    }

    @Benchmark
    public @Nullable Object toObject_official() {
        return official.toObject(officialData);
    }

    private static final class PersonSerializer implements CompactSerializer<Person> {

        @Override
        public Person read(CompactReader in) {
            return new Person(
                    in.readInt64("id"),
                    in.readString("name"),
                    in.readInt32("age"),
                    in.readFloat64("salary"),
                    in.readBoolean("active"),
                    in.readString("city"),
                    in.readNullableInt32("score"),
                    in.readDate("birthday"),
                    in.readDecimal("balance"),
                    in.readArrayOfInt32("ratings"));
        }

        @Override
        public void write(CompactWriter out, Person person) {
            out.writeInt64("id", person.id);
            out.writeString("name", person.name);
            out.writeInt32("age", person.age);
            out.writeFloat64("salary", person.salary);
            out.writeBoolean("active", person.active);
            out.writeString("city", person.city);
            out.writeNullableInt32("score", person.score);
            out.writeDate("birthday", person.birthday);
            out.writeDecimal("balance", person.balance);
            out.writeArrayOfInt32("ratings", person.ratings);
        }

        @Override
        public Class<Person> getCompactClass() {
            return Person.class;
        }

        @Override
        public String getTypeName() {
            return "person";
        }
    }

    /** The same, word for word, on the other client's interfaces. */
    private static final class OfficialPersonSerializer
            implements com.hazelcast.nio.serialization.compact.CompactSerializer<Person> {

        @Override
        public Person read(com.hazelcast.nio.serialization.compact.CompactReader in) {
            return new Person(
                    in.readInt64("id"),
                    in.readString("name"),
                    in.readInt32("age"),
                    in.readFloat64("salary"),
                    in.readBoolean("active"),
                    in.readString("city"),
                    in.readNullableInt32("score"),
                    in.readDate("birthday"),
                    in.readDecimal("balance"),
                    in.readArrayOfInt32("ratings"));
        }

        @Override
        public void write(com.hazelcast.nio.serialization.compact.CompactWriter out, Person person) {
            out.writeInt64("id", person.id);
            out.writeString("name", person.name);
            out.writeInt32("age", person.age);
            out.writeFloat64("salary", person.salary);
            out.writeBoolean("active", person.active);
            out.writeString("city", person.city);
            out.writeNullableInt32("score", person.score);
            out.writeDate("birthday", person.birthday);
            out.writeDecimal("balance", person.balance);
            out.writeArrayOfInt32("ratings", person.ratings);
        }

        @Override
        public Class<Person> getCompactClass() {
            return Person.class;
        }

        @Override
        public String getTypeName() {
            return "person";
        }
    }

    /** All schemas of one process, as ours are by default. */
    private static final class LocalSchemas implements SchemaService {

        private final Map<Long, Schema> schemas = new ConcurrentHashMap<>();

        @Override
        public @Nullable Schema get(long id) {
            return schemas.get(id);
        }

        @Override
        public void put(Schema schema) {
            schemas.put(schema.getSchemaId(), schema);
        }

        @Override
        public void putLocal(Schema schema) {
            put(schema);
        }
    }
}
