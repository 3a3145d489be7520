// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.micro;

import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.serialization.Portable;
import io.filbert.serialization.PortableReader;
import io.filbert.serialization.PortableWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A portable object of ten fields and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("removal") // the official client is about to drop this form
public class PortableBenchmark {

    private static final int ID = 1;

    /** The fields. */
    abstract static class Fields {
        long id;

        @Nullable
        String name;

        int age;
        double salary;
        boolean active;

        @Nullable
        String city;

        short level;
        float score;
        byte grade;
        int @Nullable [] ratings;

        void fill() {
            id = 4711;
            name = "Ada Lovelace";
            age = 36;
            salary = 1234.5;
            active = true;
            city = "London";
            level = 7;
            score = 0.5f;
            grade = 3;
            ratings = new int[] {5, 4, 5, 3};
        }

        @Override
        public String toString() {
            return id + " " + name + " " + age + " " + salary + " " + active + " " + city + " " + level + " " + score
                    + " " + grade + " " + Arrays.toString(ratings);
        }
    }

    static final class Person extends Fields implements Portable {

        @Override
        public int getFactoryId() {
            return ID;
        }

        @Override
        public int getClassId() {
            return ID;
        }

        @Override
        public void writePortable(PortableWriter out) {
            out.writeLong("id", id);
            out.writeString("name", name);
            out.writeInt("age", age);
            out.writeDouble("salary", salary);
            out.writeBoolean("active", active);
            out.writeString("city", city);
            out.writeShort("level", level);
            out.writeFloat("score", score);
            out.writeByte("grade", grade);
            out.writeIntArray("ratings", ratings);
        }

        @Override
        public void readPortable(PortableReader in) {
            id = in.readLong("id");
            name = in.readString("name");
            age = in.readInt("age");
            salary = in.readDouble("salary");
            active = in.readBoolean("active");
            city = in.readString("city");
            level = in.readShort("level");
            score = in.readFloat("score");
            grade = in.readByte("grade");
            ratings = in.readIntArray("ratings");
        }
    }

    /** The same, word for word, on the other client's interfaces. */
    static final class OfficialPerson extends Fields implements com.hazelcast.nio.serialization.Portable {

        @Override
        public int getFactoryId() {
            return ID;
        }

        @Override
        public int getClassId() {
            return ID;
        }

        @Override
        public void writePortable(com.hazelcast.nio.serialization.PortableWriter out) throws IOException {
            out.writeLong("id", id);
            out.writeString("name", name);
            out.writeInt("age", age);
            out.writeDouble("salary", salary);
            out.writeBoolean("active", active);
            out.writeString("city", city);
            out.writeShort("level", level);
            out.writeFloat("score", score);
            out.writeByte("grade", grade);
            out.writeIntArray("ratings", ratings);
        }

        @Override
        public void readPortable(com.hazelcast.nio.serialization.PortableReader in) throws IOException {
            id = in.readLong("id");
            name = in.readString("name");
            age = in.readInt("age");
            salary = in.readDouble("salary");
            active = in.readBoolean("active");
            city = in.readString("city");
            level = in.readShort("level");
            score = in.readFloat("score");
            grade = in.readByte("grade");
            ratings = in.readIntArray("ratings");
        }
    }

    private final SerializationService filbert = new SerializationService(ClientConfig.builder()
            .portableFactories(Map.of(ID, classId -> new Person()))
            .build()
            .serialization());
    private final com.hazelcast.internal.serialization.SerializationService official =
            new DefaultSerializationServiceBuilder()
                    .addPortableFactory(ID, classId -> new OfficialPerson())
                    .build();
    private final Person person = new Person();
    private final OfficialPerson officialPerson = new OfficialPerson();
    private @Nullable Data data;
    private com.hazelcast.internal.serialization.@Nullable Data officialData;

    @Setup
    public void prepare() {
        person.fill();
        officialPerson.fill();
        data = toData_filbert();
        officialData = toData_official();
        if (data == null
                || !Arrays.equals(data.bytes(), officialData.toByteArray())
                || !String.valueOf(toObject_filbert()).equals(person.toString())
                || !String.valueOf(toObject_official()).equals(person.toString())) {
            throw new IllegalStateException("The two clients disagree");
        }
    }

    @Benchmark
    public @Nullable Data toData_filbert() {
        return filbert.toData(person);
    }

    @Benchmark
    public com.hazelcast.internal.serialization.Data toData_official() {
        return official.toData(officialPerson);
    }

    @Benchmark
    public @Nullable Object toObject_filbert() {
        return filbert.toObject(data);
    }

    @Benchmark
    public @Nullable Object toObject_official() {
        return official.toObject(officialData);
    }
}
