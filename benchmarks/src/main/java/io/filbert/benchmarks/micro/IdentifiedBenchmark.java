// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.micro;

import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.serialization.IdentifiedDataSerializable;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
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

/** An identified object of ten fields and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IdentifiedBenchmark {

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

    static final class Person extends Fields implements IdentifiedDataSerializable {

        @Override
        public int getFactoryId() {
            return ID;
        }

        @Override
        public int getClassId() {
            return ID;
        }

        @Override
        public void writeData(ObjectDataOutput out) {
            out.writeLong(id);
            out.writeString(name);
            out.writeInt(age);
            out.writeDouble(salary);
            out.writeBoolean(active);
            out.writeString(city);
            out.writeShort(level);
            out.writeFloat(score);
            out.writeByte(grade);
            out.writeIntArray(ratings);
        }

        @Override
        public void readData(ObjectDataInput in) {
            id = in.readLong();
            name = in.readString();
            age = in.readInt();
            salary = in.readDouble();
            active = in.readBoolean();
            city = in.readString();
            level = in.readShort();
            score = in.readFloat();
            grade = in.readByte();
            ratings = in.readIntArray();
        }
    }

    /** The same, word for word, on the other client's interfaces. */
    static final class OfficialPerson extends Fields
            implements com.hazelcast.nio.serialization.IdentifiedDataSerializable {

        @Override
        public int getFactoryId() {
            return ID;
        }

        @Override
        public int getClassId() {
            return ID;
        }

        @Override
        public void writeData(com.hazelcast.nio.ObjectDataOutput out) throws IOException {
            out.writeLong(id);
            out.writeString(name);
            out.writeInt(age);
            out.writeDouble(salary);
            out.writeBoolean(active);
            out.writeString(city);
            out.writeShort(level);
            out.writeFloat(score);
            out.writeByte(grade);
            out.writeIntArray(ratings);
        }

        @Override
        public void readData(com.hazelcast.nio.ObjectDataInput in) throws IOException {
            id = in.readLong();
            name = in.readString();
            age = in.readInt();
            salary = in.readDouble();
            active = in.readBoolean();
            city = in.readString();
            level = in.readShort();
            score = in.readFloat();
            grade = in.readByte();
            ratings = in.readIntArray();
        }
    }

    private final SerializationService filbert = new SerializationService(ClientConfig.builder()
            .dataSerializableFactories(Map.of(ID, classId -> new Person()))
            .build()
            .serialization());
    private final com.hazelcast.internal.serialization.SerializationService official =
            new DefaultSerializationServiceBuilder()
                    .addDataSerializableFactory(ID, classId -> new OfficialPerson())
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
