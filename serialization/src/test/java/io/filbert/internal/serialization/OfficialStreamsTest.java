// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.nio.serialization.StreamSerializer;
import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.internal.serialization.stream.Bytes;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The same calls on our cursors and on the members' write the same bytes, and each reads what the other has written. */
class OfficialStreamsTest {
    private static final int PROGRAMS = 3000;
    private static final int TYPE_ID = 7;

    /** One method of the outputs, and the one of the inputs that reads it. */
    private record Call<V>(
            String name,
            Function<Random, V> random,
            Write<ObjectDataOutput, V> writeOurs,
            Write<com.hazelcast.nio.ObjectDataOutput, V> writeTheirs,
            Read<ObjectDataInput, V> readOurs,
            Read<com.hazelcast.nio.ObjectDataInput, V> readTheirs) {

        Step<V> step(Random seed) {
            return new Step<>(this, random.apply(seed));
        }
    }

    /** Its value may be null where the method allows it. */
    private record Step<V>(Call<V> call, V value) {

        void writeOurs(ObjectDataOutput out) throws IOException {
            call.writeOurs.to(out, value);
        }

        void writeTheirs(com.hazelcast.nio.ObjectDataOutput out) throws IOException {
            call.writeTheirs.to(out, value);
        }

        @Nullable
        Object readOurs(ObjectDataInput in) throws IOException {
            return call.readOurs.from(in, value);
        }

        @Nullable
        Object readTheirs(com.hazelcast.nio.ObjectDataInput in) throws IOException {
            return call.readTheirs.from(in, value);
        }

        @Override
        public String toString() {
            return call.name + " " + Contents.of(value);
        }
    }

    private record Program(List<Step<?>> steps) {}

    private interface Write<T, V> {
        void to(T out, V value) throws IOException;
    }

    private interface Read<T, V> {
        @Nullable
        Object from(T in, V written) throws IOException;
    }

    private static final List<Call<?>> CALLS = List.of(
            new Call<Boolean>(
                    "boolean",
                    Random::nextBoolean,
                    (out, v) -> out.writeBoolean(v),
                    (out, v) -> out.writeBoolean(v),
                    (in, v) -> in.readBoolean(),
                    (in, v) -> in.readBoolean()),
            new Call<Integer>(
                    "byte",
                    Random::nextInt,
                    (out, v) -> out.writeByte(v),
                    (out, v) -> out.writeByte(v),
                    (in, v) -> in.readByte(),
                    (in, v) -> in.readByte()),
            new Call<Integer>(
                    "unsigned byte",
                    Random::nextInt,
                    (out, v) -> out.writeByte(v),
                    (out, v) -> out.write(v),
                    (in, v) -> in.readUnsignedByte(),
                    (in, v) -> in.readUnsignedByte()),
            new Call<Integer>(
                    "short",
                    Random::nextInt,
                    (out, v) -> out.writeShort(v),
                    (out, v) -> out.writeShort(v),
                    (in, v) -> in.readShort(),
                    (in, v) -> in.readShort()),
            new Call<Integer>(
                    "unsigned short",
                    Random::nextInt,
                    (out, v) -> out.writeShort(v),
                    (out, v) -> out.writeShort(v),
                    (in, v) -> in.readUnsignedShort(),
                    (in, v) -> in.readUnsignedShort()),
            new Call<Integer>(
                    "char",
                    Random::nextInt,
                    (out, v) -> out.writeChar(v),
                    (out, v) -> out.writeChar(v),
                    (in, v) -> in.readChar(),
                    (in, v) -> in.readChar()),
            new Call<Integer>(
                    "int",
                    Random::nextInt,
                    (out, v) -> out.writeInt(v),
                    (out, v) -> out.writeInt(v),
                    (in, v) -> in.readInt(),
                    (in, v) -> in.readInt()),
            new Call<Long>(
                    "long",
                    Random::nextLong,
                    (out, v) -> out.writeLong(v),
                    (out, v) -> out.writeLong(v),
                    (in, v) -> in.readLong(),
                    (in, v) -> in.readLong()),
            new Call<Float>(
                    "float",
                    r -> Float.intBitsToFloat(r.nextInt()),
                    (out, v) -> out.writeFloat(v),
                    (out, v) -> out.writeFloat(v),
                    (in, v) -> in.readFloat(),
                    (in, v) -> in.readFloat()),
            new Call<Double>(
                    "double",
                    r -> Double.longBitsToDouble(r.nextLong()),
                    (out, v) -> out.writeDouble(v),
                    (out, v) -> out.writeDouble(v),
                    (in, v) -> in.readDouble(),
                    (in, v) -> in.readDouble()),
            new Call<String>(
                    "string",
                    orNull(Kind::text),
                    (out, v) -> out.writeString(v),
                    (out, v) -> out.writeString(v),
                    (in, v) -> in.readString(),
                    (in, v) -> in.readString()),
            new Call<String>(
                    "UTF",
                    orNull(Kind::text),
                    (out, v) -> out.writeUtf(v),
                    OfficialStreamsTest::writeUtf,
                    (in, v) -> in.readUtf(),
                    (in, v) -> readUtf(in)),
            new Call<String>(
                    "bytes of a text",
                    Kind::text,
                    (out, v) -> out.writeBytes(v),
                    (out, v) -> out.writeBytes(v),
                    (in, v) -> filled(in, v.length()),
                    (in, v) -> filled(in, v.length())),
            new Call<String>(
                    "chars of a text",
                    Kind::text,
                    (out, v) -> out.writeChars(v),
                    (out, v) -> out.writeChars(v),
                    (in, v) -> filled(in, 2 * v.length()),
                    (in, v) -> filled(in, 2 * v.length())),
            new Call<byte[]>(
                    "raw bytes",
                    random(byte[].class),
                    (out, v) -> out.write(v),
                    (out, v) -> out.write(v),
                    (in, v) -> filled(in, v.length),
                    (in, v) -> filled(in, v.length)),
            new Call<byte[]>(
                    "range of raw bytes",
                    r -> new byte[3 + r.nextInt(9)],
                    (out, v) -> out.write(v, 2, v.length - 3),
                    (out, v) -> out.write(v, 2, v.length - 3),
                    (in, v) -> {
                        byte[] target = new byte[v.length];
                        in.readInto(target, 1, target.length - 3);
                        return target;
                    },
                    (in, v) -> {
                        byte[] target = new byte[v.length];
                        in.readFully(target, 1, target.length - 3);
                        return target;
                    }),
            new Call<Integer>(
                    "skipped bytes",
                    r -> r.nextInt(9),
                    (out, v) -> out.write(new byte[v]),
                    (out, v) -> out.write(new byte[v]),
                    (in, v) -> in.skipBytes(v),
                    (in, v) -> in.skipBytes(v)),
            new Call<byte[]>(
                    "byte array",
                    orNull(random(byte[].class)),
                    (out, v) -> out.writeByteArray(v),
                    (out, v) -> out.writeByteArray(v),
                    (in, v) -> in.readByteArray(),
                    (in, v) -> in.readByteArray()),
            new Call<boolean[]>(
                    "boolean array",
                    orNull(random(boolean[].class)),
                    (out, v) -> out.writeBooleanArray(v),
                    (out, v) -> out.writeBooleanArray(v),
                    (in, v) -> in.readBooleanArray(),
                    (in, v) -> in.readBooleanArray()),
            new Call<char[]>(
                    "char array",
                    orNull(random(char[].class)),
                    (out, v) -> out.writeCharArray(v),
                    (out, v) -> out.writeCharArray(v),
                    (in, v) -> in.readCharArray(),
                    (in, v) -> in.readCharArray()),
            new Call<short[]>(
                    "short array",
                    orNull(random(short[].class)),
                    (out, v) -> out.writeShortArray(v),
                    (out, v) -> out.writeShortArray(v),
                    (in, v) -> in.readShortArray(),
                    (in, v) -> in.readShortArray()),
            new Call<int[]>(
                    "int array",
                    orNull(random(int[].class)),
                    (out, v) -> out.writeIntArray(v),
                    (out, v) -> out.writeIntArray(v),
                    (in, v) -> in.readIntArray(),
                    (in, v) -> in.readIntArray()),
            new Call<long[]>(
                    "long array",
                    orNull(random(long[].class)),
                    (out, v) -> out.writeLongArray(v),
                    (out, v) -> out.writeLongArray(v),
                    (in, v) -> in.readLongArray(),
                    (in, v) -> in.readLongArray()),
            new Call<float[]>(
                    "float array",
                    orNull(random(float[].class)),
                    (out, v) -> out.writeFloatArray(v),
                    (out, v) -> out.writeFloatArray(v),
                    (in, v) -> in.readFloatArray(),
                    (in, v) -> in.readFloatArray()),
            new Call<double[]>(
                    "double array",
                    orNull(random(double[].class)),
                    (out, v) -> out.writeDoubleArray(v),
                    (out, v) -> out.writeDoubleArray(v),
                    (in, v) -> in.readDoubleArray(),
                    (in, v) -> in.readDoubleArray()),
            new Call<String[]>(
                    "string array",
                    orNull(random(String[].class)),
                    (out, v) -> out.writeStringArray(v),
                    (out, v) -> out.writeStringArray(v),
                    (in, v) -> in.readStringArray(),
                    (in, v) -> in.readStringArray()),
            new Call<Object>(
                    "object",
                    orNull(random(ArrayList.class)),
                    (out, v) -> out.writeObject(v),
                    (out, v) -> out.writeObject(v),
                    (in, v) -> in.readObject(),
                    (in, v) -> in.readObject()),
            new Call<String>(
                    "byte order",
                    r -> "",
                    (out, v) -> out.writeString(out.byteOrder().toString()),
                    (out, v) -> out.writeString(out.getByteOrder().toString()),
                    (in, v) -> in.readString() + in.byteOrder(),
                    (in, v) -> in.readString() + in.getByteOrder()));

    private static <T> Function<Random, T> random(Class<T> type) {
        Kind kind = Kind.all().stream().filter(k -> k.type() == type).findAny().orElseThrow();
        return r -> type.cast(kind.random().apply(r));
    }

    @SuppressWarnings("NullAway") // for methods that take null
    private static <T> Function<Random, T> orNull(Function<Random, ? extends T> random) {
        return r -> r.nextInt(8) == 0 ? null : random.apply(r);
    }

    @SuppressWarnings("removal") // ours is its name in another spelling
    private static void writeUtf(com.hazelcast.nio.ObjectDataOutput out, String value) throws IOException {
        out.writeUTF(value);
    }

    @SuppressWarnings("removal") // as above
    private static @Nullable Object readUtf(com.hazelcast.nio.ObjectDataInput in) throws IOException {
        return in.readUTF();
    }

    private static byte[] filled(ObjectDataInput in, int length) {
        byte[] target = new byte[length];
        in.readInto(target);
        return target;
    }

    private static byte[] filled(com.hazelcast.nio.ObjectDataInput in, int length) throws IOException {
        byte[] target = new byte[length];
        in.readFully(target);
        return target;
    }

    @Property(tries = PROGRAMS)
    void randomCalls_writeAndReadTheSame(
            @ForAll("programs") Program program, @ForAll(supplier = AnyByteOrder.class) ByteOrder order) {
        Theirs serializer = new Theirs();
        com.hazelcast.internal.serialization.SerializationService theirs = official(order, serializer);

        byte[] bytes = written(program, order);
        byte[] official = theirs.toData(program).toByteArray();
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(HexFormat.of().formatHex(official));

        serializer.reading = program;
        List<@Nullable Object> readByThem = theirs.toObject(new HeapData(bytes));
        assertThat(Contents.of(read(program, official, order))).isEqualTo(Contents.of(readByThem));
    }

    @Provide
    Arbitrary<Program> programs() {
        return Choices.of(150, OfficialStreamsTest::program);
    }

    private static Program program(Random random) {
        List<Step<?>> steps = new ArrayList<>();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            steps.add(CALLS.get(random.nextInt(CALLS.size())).step(random));
        }
        return new Program(steps);
    }

    private static byte[] written(Program program, ByteOrder order) {
        DataWriter out = new DataWriter(new byte[8], TYPE_ID, order == ByteOrder.BIG_ENDIAN, forms(order));
        int size = DataWriter.HEADER_SIZE;
        try {
            for (Step<?> step : program.steps) {
                step.writeOurs(out);
                assertThat(out.position()).isGreaterThanOrEqualTo(size);
                size = out.position();
            }
        } catch (IOException e) {
            throw new AssertionError("our outputs throw none", e);
        }
        Data data = out.copyToData();
        assertThat(out.toByteArray())
                .isEqualTo(Arrays.copyOfRange(data.bytes(), DataWriter.HEADER_SIZE, data.size()))
                .hasSize(size - DataWriter.HEADER_SIZE);
        return data.bytes();
    }

    /** From somewhere inside a larger buffer. */
    private static List<@Nullable Object> read(Program program, byte[] bytes, ByteOrder order) {
        byte[] buffer = new byte[bytes.length + 10];
        System.arraycopy(bytes, 0, buffer, 3, bytes.length);
        assertThat(Bytes.getInt(buffer, 3 + 4, true)).isEqualTo(TYPE_ID);
        DataReader in =
                new DataReader(buffer, 3, 3 + bytes.length, TYPE_ID, order == ByteOrder.BIG_ENDIAN, forms(order));
        assertThat(in.size()).isEqualTo(bytes.length);
        List<@Nullable Object> values = new ArrayList<>();
        try {
            for (Step<?> step : program.steps) {
                values.add(step.readOurs(in));
            }
        } catch (IOException e) {
            throw new AssertionError("our inputs throw none", e);
        }
        assertThat(in.position()).isEqualTo(bytes.length);
        assertThat(in.skipBytes(1)).isZero();
        return values;
    }

    private static Forms forms(ByteOrder order) {
        return new Forms(
                ClientConfig.builder()
                        .isBigEndian(order == ByteOrder.BIG_ENDIAN)
                        .build()
                        .serialization(),
                new Schemas(),
                schema -> {},
                ClusterRelease.NEWEST);
    }

    private static com.hazelcast.internal.serialization.SerializationService official(
            ByteOrder order, Theirs serializer) {
        SerializationConfig config = new SerializationConfig()
                .setByteOrder(order)
                .addSerializerConfig(
                        new SerializerConfig().setTypeClass(Program.class).setImplementation(serializer));
        return new DefaultSerializationServiceBuilder().setConfig(config).build();
    }

    /** Runs programs on the members' cursors. */
    private static final class Theirs implements StreamSerializer<Object> {
        /** Whose values are read next: the bytes alone do not say. */
        private @Nullable Program reading;

        @Override
        public int getTypeId() {
            return TYPE_ID;
        }

        @Override
        public void write(com.hazelcast.nio.ObjectDataOutput out, Object program) throws IOException {
            for (Step<?> step : ((Program) program).steps) {
                step.writeTheirs(out);
            }
        }

        @Override
        public Object read(com.hazelcast.nio.ObjectDataInput in) throws IOException {
            List<@Nullable Object> values = new ArrayList<>();
            if (reading != null) {
                for (Step<?> step : reading.steps) {
                    values.add(step.readTheirs(in));
                }
            }
            return values;
        }
    }
}
