// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import io.filbert.serialization.IdentifiedDataSerializable;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.PartitionAware;
import io.filbert.serialization.Portable;
import io.filbert.serialization.PortableReader;
import io.filbert.serialization.PortableWriter;
import io.filbert.serialization.StreamSerializer;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever code of the user throws arrives as a {@link SerializationException} with it as the cause, in each form. Guards against errors,
 * such as a failed assertion in a serializer, that arrive as they are: without the bytes of what was taken, and as if nothing had happened.
 */
@SuppressWarnings("serial")
class ErrorsOfUserCodeTest {

    /** What code of the user throws at the moment, if anything. */
    private static final AtomicReference<@Nullable Throwable> FAILURE = new AtomicReference<>();

    /** Any throwable can be thrown anywhere: in Kotlin, for example, no exception is checked. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void fail() throws T {
        Throwable failure = FAILURE.get();
        if (failure != null) {
            throw (T) failure;
        }
    }

    static final class Identified implements IdentifiedDataSerializable {
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
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }

        @Override
        public void readData(ObjectDataInput in) {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }
    }

    static final class OfFactory implements IdentifiedDataSerializable {
        OfFactory() {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }

        @Override
        public int getFactoryId() {
            return 1;
        }

        @Override
        public int getClassId() {
            return 2;
        }

        @Override
        public void writeData(ObjectDataOutput out) {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }

        @Override
        public void readData(ObjectDataInput in) {}
    }

    static final class Port implements Portable {
        private final int classId;

        Port(int classId) {
            this.classId = classId;
            if (classId == 2) {
                ErrorsOfUserCodeTest.<RuntimeException>fail();
            }
        }

        @Override
        public int getFactoryId() {
            return 1;
        }

        @Override
        public int getClassId() {
            return classId;
        }

        @Override
        public void writePortable(PortableWriter writer) {
            writer.writeInt("a", 1);
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }

        @Override
        public void readPortable(PortableReader reader) {
            reader.readInt("a");
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }
    }

    record Custom() {}

    record Global() {}

    record WithSerializer() {}

    record PlainRecord(int a) {
        PlainRecord {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }

        @Override
        public int a() {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
            return a;
        }
    }

    static final class Plain {
        int a;

        Plain() {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }
    }

    record SerialRecord(int a) implements Serializable {
        SerialRecord {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }
    }

    static final class Serial implements Serializable {
        private void writeObject(ObjectOutputStream out) {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }

        private void readObject(ObjectInputStream in) {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }
    }

    public static final class External implements Externalizable {
        @Override
        public void writeExternal(ObjectOutput out) {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }

        @Override
        public void readExternal(ObjectInput in) {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }
    }

    public static final class ExternalConstructor implements Externalizable {
        public ExternalConstructor() {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }

        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {}
    }

    /** Its hash code and its order are code of the user too. */
    record Key(int a) implements Serializable, Comparable<Key> {
        @Override
        public int hashCode() {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
            return a;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
            return other instanceof Key key && key.a == a;
        }

        @Override
        public int compareTo(Key other) {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
            return Integer.compare(a, other.a);
        }
    }

    record Fields(Set<Key> set, Map<Key, Integer> map) {}

    private record Streams<T>(int typeId, T object) implements StreamSerializer<T> {
        @Override
        public int getTypeId() {
            return typeId;
        }

        @Override
        public void write(ObjectDataOutput out, T object) {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }

        @Override
        public T read(ObjectDataInput in) {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
            return object;
        }
    }

    private static final class Compact implements CompactSerializer<WithSerializer> {
        @Override
        public WithSerializer read(CompactReader reader) {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
            return new WithSerializer();
        }

        @Override
        public void write(CompactWriter writer, WithSerializer object) {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
        }

        @Override
        public String getTypeName() {
            return "with-serializer";
        }

        @Override
        public Class<WithSerializer> getCompactClass() {
            return WithSerializer.class;
        }
    }

    private static SerializationService service(ClientConfig.Builder config) {
        return new SerializationService(
                config.dataSerializableFactories(
                                Map.of(1, classId -> classId == 1 ? new Identified() : new OfFactory()))
                        .portableFactories(Map.of(1, Port::new))
                        .customSerializers(Map.of(Custom.class, new Streams<>(10, new Custom())))
                        .compactSerializers(new Compact())
                        .javaSerializationAllowed("io.filbert.**")
                        .build()
                        .serialization(),
                new Schemas(),
                schema -> {});
    }

    private final SerializationService service = service(ClientConfig.builder());
    private final SerializationService withGlobal =
            service(ClientConfig.builder().globalSerializer(new Streams<>(11, new Global())));

    private SerializationService serviceOf(Object object) {
        return object instanceof Global ? withGlobal : service;
    }

    @AfterEach
    void endFailure() {
        FAILURE.set(null);
    }

    static List<Object> thoseThatFailOnWriting() {
        return List.of(
                new Identified(),
                new OfFactory(),
                new Port(1),
                new Custom(),
                new Global(),
                new WithSerializer(),
                new Serial(),
                new External(),
                new ArrayList<>(List.of(new Custom())));
    }

    static List<Object> thoseThatFailOnReading() {
        Key one = new Key(1);
        Key two = new Key(2);
        return Stream.concat(
                        thoseThatFailOnWriting().stream(),
                        Stream.of(
                                new Port(2),
                                new PlainRecord(1),
                                new Plain(),
                                new SerialRecord(1),
                                new ExternalConstructor(),
                                new HashSet<>(List.of(one, two)),
                                new HashMap<>(Map.of(one, 1, two, 2)),
                                new LinkedHashMap<>(Map.of(one, 1, two, 2)),
                                new ConcurrentHashMap<>(Map.of(one, 1, two, 2)),
                                new TreeSet<>(List.of(one, two)),
                                new TreeMap<>(Map.of(one, 1, two, 2)),
                                new PriorityQueue<>(List.of(one, two)),
                                new CopyOnWriteArraySet<>(List.of(one, two)),
                                Set.of(one, two),
                                new Fields(Set.of(one, two), Map.of(one, 1, two, 2)),
                                new Fields(Set.of(), Map.of(one, 1, two, 2))))
                .toList();
    }

    private static List<Throwable> failures() {
        return List.of(
                new AssertionError("not this one"),
                new java.util.ServiceConfigurationError("no provider"),
                new NoClassDefFoundError("com/acme/Gone"),
                new IllegalStateException("closed"),
                new IOException("no such file"),
                new Throwable("anything"));
    }

    @ParameterizedTest
    @MethodSource("thoseThatFailOnReading")
    void reading_isASerializationException_withTheCause(Object object) {
        Data data = Objects.requireNonNull(serviceOf(object).toData(object));
        for (Throwable each : failures()) {
            FAILURE.set(each);
            assertIsCause(each, catchThrowable(() -> serviceOf(object).toObject(data)));
        }
    }

    @ParameterizedTest
    @MethodSource("thoseThatFailOnWriting")
    void writing_isASerializationException_withTheCause(Object object) {
        for (int i = 0; i < 2; i++) { // the first object of a class is written in another way
            for (Throwable each : failures()) {
                FAILURE.set(each);
                assertIsCause(each, catchThrowable(() -> serviceOf(object).toData(object)));
            }
            FAILURE.set(null);
            serviceOf(object).toData(object);
        }
    }

    private static void assertIsCause(Throwable cause, @Nullable Throwable thrown) {
        assertThat(thrown).as("for %s", cause).isInstanceOf(SerializationException.class);
        Throwable found = thrown;
        while (found != null && found != cause) {
            found = found.getCause();
        }
        assertThat(found).as("the cause of %s", thrown).isSameAs(cause);
        if (cause instanceof RuntimeException || cause instanceof Error) { // the JDK's object streams hide others
            assertThat(thrown).hasMessageContaining(String.valueOf(cause.getMessage()));
        }
    }

    @Test
    void partitionKeyAndStrategy_areCodeOfTheUserToo() {
        PartitionAware aware = new Aware();
        FAILURE.set(new AssertionError("no key"));

        assertThatThrownBy(() -> service.toData(aware))
                .isInstanceOf(SerializationException.class)
                .hasCause(FAILURE.get());
    }

    static final class Aware implements PartitionAware, Serializable {
        @Override
        public Object getPartitionKey() {
            ErrorsOfUserCodeTest.<RuntimeException>fail();
            return 1;
        }
    }

    @Test
    void errorsOfTheJvm_stayWhatTheyAre() {
        Data data = Objects.requireNonNull(service.toData(new Custom()));
        FAILURE.set(new OutOfMemoryError("no room"));

        assertThatThrownBy(() -> service.toObject(data)).isSameAs(FAILURE.get());
        FAILURE.set(new StackOverflowError());
        assertThatThrownBy(() -> service.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("nest too deep");
    }
}
