// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.identified;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.partition.strategy.DefaultPartitioningStrategy;
import com.hazelcast.topic.impl.reliable.ReliableTopicMessage;
import io.filbert.cluster.Address;
import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.serialization.DataSerializableFactory;
import io.filbert.serialization.IdentifiedDataSerializable;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.PartitionAware;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.AbstractMap.SimpleEntry;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiedFormTest {

    private final SerializationService service = service(true, id -> id == Point.CLASS ? new Point() : null);

    @Test
    void object_insideAnother_isReadWithWhatFollows() {
        Object value = new Object[] {new Point(1, 2, "a", null, new Point()), "behind", new Point()};

        assertThat(service.<Object>toObject(service.toData(value))).isEqualTo(value);
    }

    @Test
    void object_withoutAnyFactory_canBeWritten() {
        SerializationService none =
                new SerializationService(ClientConfig.builder().build().serialization());
        Point point = new Point(1, 2, "a", null, null);

        Data data = none.toData(point);

        assertThat(service.<Object>toObject(data)).isEqualTo(point);
        assertThatThrownBy(() -> none.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("factory id 7, class id 3 at offset 9")
                .hasMessageContaining("no factory has that id; those registered are none")
                .hasMessageContaining("dataSerializableFactories");
    }

    @Test
    void read_factoryDoesNotKnowTheClass_isExplained() {
        assertThatThrownBy(() -> service.toObject(bytes("01" + "00000007" + "00000009")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("factory id 7, class id 9 at offset 9")
                .hasMessageContaining("dataSerializableFactories) does not know that class");
        assertThatThrownBy(() -> service.toObject(bytes("01" + "00000008" + "00000009")))
                .hasMessageContaining("factory id 8, class id 9")
                .hasMessageContaining("those registered are [7]");
    }

    /** A class that was renamed, or took the place of two others: what was written under the old id is written under the new one. */
    @Test
    void read_oldClassIdOfANewClass_isReadAndWrittenUnderTheNewId() {
        SerializationService renamed = service(true, id -> id == 3 || id == 4 ? new Point() : null);
        Point point = new Point(1, 2, "name", null, null);
        byte[] bytes = requireNonNull(renamed.toData(point)).bytes();
        byte[] old = bytes.clone();
        old[16] = 4; // the last byte of the class id

        Object read = renamed.toObject(old, 0, old.length);

        assertThat(read).isEqualTo(point);
        assertThat(requireNonNull(renamed.toData(read)).bytes())
                .isEqualTo(bytes)
                .isNotEqualTo(old);
    }

    @Test
    void read_factoryThatThrows_isWrapped() {
        IllegalStateException cause = new IllegalStateException("no");
        SerializationService failing = service(true, id -> {
            throw cause;
        });

        assertThatThrownBy(() -> failing.toObject(bytes("01" + "00000007" + "00000003")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("factory id 7, class id 3")
                .hasMessageContaining("dataSerializableFactories) failed: java.lang.IllegalStateException: no")
                .hasCause(cause);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "02", "04"})
    void read_classByName_isRefusedWithTheName(String flags) {
        assertThatThrownBy(() -> service.toObject(bytes(flags + "00000008" + hex("com.acme".getBytes(UTF_8)) + "05")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("type id -2 (DataSerializable) at offset 9")
                .hasMessageContaining("the class com.acme")
                .hasMessageContaining("IdentifiedDataSerializable");
    }

    @Test
    void read_officialDataSerializable_isRefusedWithTheName() {
        byte[] bytes = official(true).toData(new ByName()).toByteArray();

        assertThatThrownBy(() -> service.toObject(Data.of(bytes)))
                .hasMessageContaining("the class " + ByName.class.getName() + " can read it");
    }

    @Test
    void read_versionedObject_skipsTheVersion() {
        SerializationService one = service(true, id -> new Fields());
        Data versioned = bytes("03" + "00000007" + "00000003" + "0507" + "0000002a");

        Fields read = requireNonNull(one.toObject(versioned));

        assertThat(read.value).isEqualTo(42);
    }

    // ---- what members send by themselves

    @Test
    void canonicalizingSet_isASetInItsOrder() {
        String payload = "01ffffffe300000013" + "00000003" + "fffffff900000009" + "00000000" + "fffffff5000000017a";
        Object theirs = official(true).toObject(new HeapData(bytes(payload).bytes()));
        String back = hex(official(true).toData(theirs).toByteArray());

        Object read = service.toObject(Data.of(HexFormat.of().parseHex(back)));

        assertThat(theirs.getClass().getSimpleName()).isEqualTo("CanonicalizingHashSet");
        assertThat(read).isInstanceOf(Set.class).isEqualTo(theirs);
        assertThat(service.<Set<@Nullable Object>>toObject(bytes(payload))).containsExactly(9, null, "z");
    }

    @Test
    void lazyMapEntry_isAnEntry() throws ReflectiveOperationException {
        com.hazelcast.internal.serialization.InternalSerializationService theirs = official(true);
        Object entry = Class.forName("com.hazelcast.map.impl.LazyMapEntry")
                .getConstructor(
                        Object.class,
                        Object.class,
                        com.hazelcast.internal.serialization.InternalSerializationService.class)
                .newInstance("k", 7, theirs);

        Object read = service.toObject(Data.of(theirs.toData(entry).toByteArray()));

        assertThat(read).isEqualTo(new SimpleEntry<>("k", 7)).isEqualTo(entry);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1, 5701", "::1, 65535"})
    void address_isAnAddress(String host, int port) throws IOException {
        byte[] bytes = official(true)
                .toData(new com.hazelcast.cluster.Address(host, port))
                .toByteArray();

        assertThat(service.<Object>toObject(Data.of(bytes))).isEqualTo(new Address(host, port));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1, true", "::1, false", ", true"})
    void reliableTopicMessage_isReadAndWrittenAsTheMembersDo(@Nullable String host, boolean bigEndian)
            throws IOException {
        com.hazelcast.internal.serialization.InternalSerializationService theirs = official(bigEndian);
        byte[] official = theirs.toData(new ReliableTopicMessage(
                        theirs.toData("payload"), host == null ? null : new com.hazelcast.cluster.Address(host, 5701)))
                .toByteArray();
        SerializationService ours = service(bigEndian, id -> null);

        io.filbert.internal.serialization.identified.ReliableTopicMessage read =
                requireNonNull(ours.toObject(Data.of(official)));

        assertThat(read.publisher()).isEqualTo(host == null ? null : new Address(host, 5701));
        assertThat(ours.<Object>toObject(read.payload())).isEqualTo("payload");
        assertThat(read.publishTime()).isBetween(1_500_000_000_000L, System.currentTimeMillis());
        assertThat(hex(requireNonNull(ours.toData(read)).bytes())).isEqualTo(hex(official));
    }

    @ParameterizedTest
    @CsvSource({
        "01ffffffe300000012, 'factory id -29, class id 18 at offset 9'",
        "0100000000000000ff, 'factory id 0, class id 255 at offset 9'",
        "01ffffffe300000013ffffffff, length -1 is negative",
        "01ffffffe3000000137fffffff, bytes should follow but none are left",
        "010000000000000001ffffffff0400000001 61, 'an address cannot be host a, port -1'",
        "01000000000000000100010000 0400000001 61, 'an address cannot be host a, port 65536'",
        "0100000000000000010000000104 00000000, 'an address cannot be host , port 1'",
        "0100000000000000010000000104 ffffffff, 'an address cannot be host null, port 1'",
        "01fffffff7000000020000000000000001 fffffff900000001 ffffffff, publisher of a message cannot be of java.lang.Integer",
        "01fffffff7000000020000000000000001 00000000 ffffffff, a message has no payload",
        "01fffffff7000000020000000000000001 00000000 0000000461616161, a message has no payload",
    })
    void bytesThatMeanNoObjectOfTheMembers_areRefused(String payload, String problem) {
        assertThatThrownBy(() -> service.toObject(bytes(payload.replace(" ", ""))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("type id -2 (")
                .hasMessageContaining(problem);
    }

    // ---- code of the user

    @Test
    void truncations_areErrorsThatSayWhere() {
        byte[] bytes =
                requireNonNull(service.toData(Point.random(new Random(1), 2))).bytes();
        for (int length = 8; length < bytes.length; length++) {
            int cut = length;
            assertThatThrownBy(() -> service.toObject(bytes, 0, cut))
                    .as("the first %d of %d bytes", length, bytes.length)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageMatching("(?s).*(at offset|factory id 7, class id 3).*");
        }
    }

    @Test
    void write_objectThatContainsItself_isRefused() {
        Point point = new Point();
        point.next = point;

        assertThatThrownBy(() -> service.toData(point))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("deeper than " + DataReader.MAX_DEPTH + " levels");
    }

    @Test
    void write_recursionByHand_isRefused() {
        IdentifiedDataSerializable endless = new WithIds(7, 1) {
            @Override
            @SuppressWarnings("InfiniteRecursion") // what is tested
            public void writeData(ObjectDataOutput out) {
                out.writeByte(1);
                writeData(out);
            }
        };

        assertThatThrownBy(() -> service.toData(endless))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("too deep for the stack")
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void read_recursionByHand_isRefused() {
        SerializationService endless = service(true, id -> new WithIds(Point.FACTORY, Point.CLASS) {
            @Override
            @SuppressWarnings("InfiniteRecursion") // what is tested
            public void readData(ObjectDataInput in) throws IOException {
                readData(in);
            }
        });

        assertThatThrownBy(() -> endless.toObject(bytes("01" + "00000007" + "00000003")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("type id -2 (")
                .hasMessageContaining("too deep for the stack")
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void partitionKey_decidesAboutThePartition_andItsFailuresAreWrapped() {
        Data data = requireNonNull(service.toData(new Keyed("key")));
        assertThat(data.partitionHash())
                .isEqualTo(requireNonNull(service.toData("key")).partitionHash());

        IllegalStateException cause = new IllegalStateException("state");
        assertThatThrownBy(() -> service.toData(new Keyed(cause)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(Keyed.class.getName())
                .hasCause(cause);
    }

    @Test
    void partitionKey_thatHasOneItself_isPlacedByItsBytes() {
        int official = new DefaultSerializationServiceBuilder()
                .setPartitioningStrategy(new DefaultPartitioningStrategy())
                .build()
                .toData(new OfficialKeyed(new OfficialKeyed("key")))
                .getPartitionHash();

        assertThat(requireNonNull(service.toData(new Keyed(new Keyed("key")))).partitionHash())
                .isEqualTo(official);
    }

    @Test
    void whateverTheObjectThrows_isWrapped() {
        for (Throwable cause :
                List.of(new IOException("disk"), new IllegalStateException("state"), new AssertionError("broken"))) {
            SerializationService failing = service(true, id -> new Failing(cause));
            assertThatThrownBy(() -> failing.toData(new Failing(cause)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining(Failing.class.getName())
                    .hasCause(cause);
            assertThatThrownBy(() -> failing.toObject(bytes("01" + "00000007" + "00000003")))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("factory id 7, class id 3")
                    .hasMessageContaining("readData of " + Failing.class.getName() + " failed: " + cause)
                    .hasCause(cause);
        }
    }

    // ---- helpers

    static SerializationService service(boolean bigEndian, DataSerializableFactory factory) {
        return new SerializationService(ClientConfig.builder()
                .isBigEndian(bigEndian)
                .dataSerializableFactories(Map.of(Point.FACTORY, factory))
                .build()
                .serialization());
    }

    static com.hazelcast.internal.serialization.InternalSerializationService official(boolean bigEndian) {
        SerializationConfig config =
                new SerializationConfig().addDataSerializableFactory(Point.FACTORY, id -> new OfficialPoint());
        return new DefaultSerializationServiceBuilder()
                .setConfig(config)
                .setByteOrder(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .build();
    }

    private static Data bytes(String payload) {
        return Data.of(HexFormat.of().parseHex("00000000fffffffe" + payload));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static class WithIds implements IdentifiedDataSerializable {
        private final int factoryId;
        private final int classId;

        WithIds(int factoryId, int classId) {
            this.factoryId = factoryId;
            this.classId = classId;
        }

        @Override
        public int getFactoryId() {
            return factoryId;
        }

        @Override
        public int getClassId() {
            return classId;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {}

        @Override
        public void readData(ObjectDataInput in) throws IOException {}
    }

    private static final class Keyed extends WithIds implements PartitionAware {
        private final Object key;

        Keyed(Object key) {
            super(Point.FACTORY, Point.CLASS);
            this.key = key;
        }

        @Override
        public Object getPartitionKey() {
            if (key instanceof RuntimeException e) {
                throw e;
            }
            return key;
        }
    }

    private record OfficialKeyed(Object key)
            implements com.hazelcast.nio.serialization.IdentifiedDataSerializable,
                    com.hazelcast.partition.PartitionAware<Object> {

        @Override
        public int getFactoryId() {
            return Point.FACTORY;
        }

        @Override
        public int getClassId() {
            return Point.CLASS;
        }

        @Override
        public Object getPartitionKey() {
            return key;
        }

        @Override
        public void writeData(com.hazelcast.nio.ObjectDataOutput out) {}

        @Override
        public void readData(com.hazelcast.nio.ObjectDataInput in) {}
    }

    private static final class Fields extends WithIds {
        private int value;

        Fields() {
            super(Point.FACTORY, Point.CLASS);
        }

        @Override
        public void readData(ObjectDataInput in) {
            value = in.readInt();
        }
    }

    private static final class Failing extends WithIds {
        private final Throwable failure;

        Failing(Throwable failure) {
            super(Point.FACTORY, Point.CLASS);
            this.failure = failure;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            fail();
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            fail();
        }

        private void fail() throws IOException {
            if (failure instanceof Error e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            throw (IOException) failure;
        }
    }

    /** Known to the members by its name only. */
    public static final class ByName implements com.hazelcast.nio.serialization.DataSerializable {

        @Override
        public void writeData(com.hazelcast.nio.ObjectDataOutput out) throws IOException {
            out.writeInt(1);
        }

        @Override
        public void readData(com.hazelcast.nio.ObjectDataInput in) throws IOException {
            in.readInt();
        }
    }
}
