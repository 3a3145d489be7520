// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.schema.UnknownSchemaException;
import io.filbert.serialization.HazelcastJsonValue;
import io.filbert.serialization.IdentifiedDataSerializable;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.Portable;
import io.filbert.serialization.PortableReader;
import io.filbert.serialization.PortableWriter;
import io.filbert.serialization.StreamSerializer;
import java.io.Serializable;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes a member delivers as an object: an object comes out or a {@link SerializationException}, nothing else, soon, and without
 * more memory than the bytes warrant. The build fuzzes for a while with the coverage as its guide; without that it only runs the seeds.
 */
class DeserializationFuzzTest {

    private static final long BYTES_PER_BYTE = 4096;
    private static final long BYTES_AT_LEAST = 4 << 20;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** A field of each kind that has code of its own, and any object. */
    static final class Identified implements IdentifiedDataSerializable {

        private @Nullable String text;
        private int @Nullable [] numbers;
        private @Nullable Object inside;

        @Override
        public int getFactoryId() {
            return 1;
        }

        @Override
        public int getClassId() {
            return 1;
        }

        @Override
        public void writeData(ObjectDataOutput out) {
            out.writeString(text);
            out.writeIntArray(numbers);
            out.writeObject(inside);
        }

        @Override
        public void readData(ObjectDataInput in) {
            text = in.readString();
            numbers = in.readIntArray();
            inside = in.readObject();
        }
    }

    static final class Node implements Portable {

        private @Nullable String name;
        private long number;
        private @Nullable Node next;

        @Override
        public int getFactoryId() {
            return 1;
        }

        @Override
        public int getClassId() {
            return 2;
        }

        @Override
        public void writePortable(PortableWriter writer) {
            writer.writeString("name", name);
            writer.writeLong("number", number);
            if (next == null) {
                writer.writeNullPortable("next", 1, 3);
            } else {
                writer.writePortable("next", next);
            }
            writer.getRawDataOutput().writeInt(7);
        }

        @Override
        public void readPortable(PortableReader reader) {
            name = reader.readString("name");
            number = reader.readLong("number");
            next = reader.readPortable("next");
            if (reader.hasField("children")) {
                reader.readPortableArray("children");
            }
            reader.getRawDataInput().readInt();
        }
    }

    static final class Leaf implements Portable {

        @Override
        public int getFactoryId() {
            return 1;
        }

        @Override
        public int getClassId() {
            return 3;
        }

        @Override
        public void writePortable(PortableWriter writer) {
            writer.writeIntArray("ints", new int[] {1});
        }

        @Override
        public void readPortable(PortableReader reader) {
            reader.readIntArray("ints");
        }
    }

    record Inner(
            @Nullable String text, boolean flag, @Nullable Integer maybe) {}

    record Outer(
            long id,
            @Nullable List<String> tags,
            @Nullable Inner inner,
            Inner @Nullable [] more,
            @Nullable UUID uuid) {}

    record Allowed(String text) implements Serializable {}

    private static final class Wrapped {

        private final String text;

        Wrapped(String text) {
            this.text = text;
        }
    }

    private static final class Custom implements StreamSerializer<Wrapped> {

        @Override
        public int getTypeId() {
            return 1;
        }

        @Override
        public void write(ObjectDataOutput out, Wrapped object) {
            out.writeObject(object.text);
        }

        @Override
        public Wrapped read(ObjectDataInput in) {
            Object text = in.readObject();
            return new Wrapped(String.valueOf(text));
        }
    }

    private static final Map<ByteOrder, SerializationService> SERVICES =
            Map.of(ByteOrder.BIG_ENDIAN, service(true), ByteOrder.LITTLE_ENDIAN, service(false));

    private static SerializationService service(boolean bigEndian) {
        return new SerializationService(ClientConfig.builder()
                .isBigEndian(bigEndian)
                .dataSerializableFactories(Map.of(1, classId -> classId == 1 ? new Identified() : null))
                .portableFactories(Map.of(1, classId -> classId == 2 ? new Node() : classId == 3 ? new Leaf() : null))
                .customSerializers(Map.of(Wrapped.class, new Custom()))
                .javaSerializationAllowed(Allowed.class.getName())
                .build()
                .serialization());
    }

    /** One byte that picks the byte order, then the serialized form. */
    static Stream<byte[]> seeds() {
        Random random = new Random(1);
        List<Object> objects = new ArrayList<>();
        Kind.all().forEach(kind -> objects.add(kind.random().apply(random)));
        Identified identified = new Identified();
        identified.text = "text";
        identified.numbers = new int[] {1, 2};
        identified.inside = new Object[] {new Wrapped("custom"), null};
        Leaf leaf = new Leaf();
        Node node = new Node();
        node.name = "node";
        Inner inner = new Inner("text", true, 7);
        Outer outer = new Outer(1, List.of("a", "b"), inner, new Inner[] {inner, null}, new UUID(1, 2));
        objects.addAll(List.of(
                identified,
                leaf,
                node,
                outer,
                new Wrapped("custom"),
                new Allowed("java"),
                new HazelcastJsonValue("{\"a\": 1}"),
                new ArrayList<>(Arrays.asList(outer, identified, node, null)),
                new TreeMap<>(Map.of("a", 1)),
                new Object[] {outer, outer, new Object[] {node}}));
        return SERVICES.entrySet().stream()
                .flatMap(service -> objects.stream().map(object -> {
                    byte[] bytes =
                            requireNonNull(service.getValue().toData(object)).bytes();
                    byte[] seed = new byte[bytes.length + 1];
                    seed[0] = (byte) (service.getKey() == ByteOrder.BIG_ENDIAN ? 0 : 1);
                    System.arraycopy(bytes, 0, seed, 1, bytes.length);
                    return seed;
                }));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "15s")
    void read(byte[] input) {
        if (input.length == 0) {
            return;
        }
        SerializationService service =
                requireNonNull(SERVICES.get((input[0] & 1) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN));
        long bound = BYTES_AT_LEAST + BYTES_PER_BYTE * input.length;
        // The first time may load classes, which the fuzzer instruments at a price.
        if (costOfReading(service, input) > bound) {
            long again = costOfReading(service, input);
            if (again > bound) {
                throw new AssertionError(input.length + " bytes made the reader allocate " + again);
            }
        }
    }

    private static long costOfReading(SerializationService service, byte[] input) {
        long start = System.nanoTime();
        long before = Allocations.ofThisThread();
        try {
            service.toObject(input, 1, input.length - 1);
        } catch (SerializationException | UnknownSchemaException expected) {
            // the only ones that may come out
        }
        long allocated = Allocations.ofThisThread() - before;
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (time.compareTo(LONGEST) > 0) {
            throw new AssertionError(input.length + " bytes took " + time);
        }
        return allocated;
    }
}
