// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.stream.TypeId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamConstants;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Few bytes that pretend to be, or would become, very much: they cost an error, and neither memory nor time. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ObjectStreamBombTest {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final SerializationService service = new SerializationService(ClientConfig.builder()
            .javaSerializationAllowed("io.filbert.internal.serialization.jdk.*")
            .build()
            .serialization());

    private final SerializationService defaults = new SerializationService();

    @Test
    void setsInSets_thatReferToEachOther_areRefusedInTime() throws IOException {
        Set<Object> root = new HashSet<>();
        Set<Object> left = root;
        Set<Object> right = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Set<Object> below = new HashSet<>();
            Set<Object> besides = new HashSet<>();
            below.add("so that they differ");
            left.add(below);
            left.add(besides);
            right.add(below);
            right.add(besides);
            left = below;
            right = besides;
        }
        // Adding hashes too, but from the bottom up it would never end; top down each was nearly empty when it was
        // added.
        Data data = stream(root);

        assertThat(data.size()).isLessThan(10_000);
        assertThatThrownBy(() -> service.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("hashing them would take too long");
    }

    @Test
    void listsInLists_asKeys_areRefusedInTime() throws IOException {
        List<Object> list = new ArrayList<>(List.of("leaf"));
        for (int i = 0; i < 40; i++) {
            list = new ArrayList<>(Arrays.asList(list, list));
        }
        Data data = stream(new Object[] {list});

        assertThatThrownBy(() -> service.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("hashing them would take too long");
    }

    @Test
    @SuppressWarnings("JdkObsolete") // the list that has its first elements while the others are read
    void keysThatHoldAListStillBeingRead_areRefusedInTime() throws IOException {
        Object heavy = List.of("leaf");
        for (int i = 0; i < 16; i++) {
            heavy = new ArrayList<>(Arrays.asList(heavy, heavy));
        }
        List<Object> outer = new LinkedList<>();
        Map<List<Object>, String> map = new HashMap<>();
        List<List<Object>> keys = new ArrayList<>();
        for (int i = 0; i < 800; i++) {
            List<Object> key = new ArrayList<>(List.of(i));
            keys.add(key);
            map.put(key, "value");
        }
        keys.forEach(key -> key.set(0, outer));
        outer.add(heavy);
        outer.add(map); // the hash of each key asks the heavy one in front, when the map is read
        Data data = stream(outer);

        assertThatThrownBy(() -> service.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("hashing them would take too long");
    }

    /** Guards against 1 kB that keeps the reading thread busy for ever: a record asks its components for their hash codes, each time. */
    @Test
    void recordsThatReferToEachOther_asKeys_areRefusedInTime() throws IOException {
        Object pair = "leaf";
        for (int i = 0; i < 50; i++) {
            pair = new Pair(pair, pair);
        }
        Object bomb = pair;
        Data data = replacing(o -> o.equals("key") ? bomb : o, new HashSet<>(Set.of("key")));

        assertThat(data.size()).isLessThan(2_000);
        assertRefused(defaults, data);
    }

    @Test
    void setsWithRecordsBetween_areRefusedInTime() throws IOException {
        Set<Object> root = new HashSet<>();
        Set<Object> above = root;
        for (int i = 0; i < 50; i++) {
            Set<Object> below = new HashSet<>(); // empty while it is added, so that adding takes no time
            above.add(new Holder(below));
            above.add(new Pair(below, "so that they differ"));
            above = below;
        }

        assertRefused(defaults, stream(root));
    }

    /** Guards against a stream that names one key many times, which hashes it many times and leaves one entry. */
    @Test
    void oneHeavyKey_namedAgainAndAgain_isRefusedInTime() throws IOException {
        Object heavy = List.of("leaf");
        for (int i = 0; i < 17; i++) {
            heavy = new ArrayList<>(Arrays.asList(heavy, heavy));
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < 200_000; i++) {
            map.put("key" + i, null);
        }
        Object key = heavy;

        assertRefused(defaults, replacing(o -> o instanceof String name && name.startsWith("key") ? key : o, map));
    }

    /** Guards against values whose hash code is long to compute although they hold no others. */
    @Test
    void longNumbers_inManySets_areRefusedInTime() throws IOException {
        BigInteger number = BigInteger.ONE.shiftLeft(8_000_000);
        List<Object> sets = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            sets.add(new HashSet<>(Set.of(i)));
        }

        assertRefused(defaults, replacing(o -> o instanceof Integer ? number : o, sets));
    }

    /** What stands behind that byte is created, too, and only then reading fails. */
    @Test
    void bombInTheErrorOfAWriter_isRefusedInTime() throws IOException {
        Object pair = "leaf";
        for (int i = 0; i < 50; i++) {
            pair = new Pair(pair, pair);
        }
        Object bomb = pair;
        byte[] bytes = replacing(o -> o.equals("key") ? bomb : o, new HashSet<>(Set.of("key")))
                .bytes();
        int start = 8 + 2 * Short.BYTES;
        byte[] error = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, error, 0, start);
        error[start] = ObjectStreamConstants.TC_EXCEPTION;
        System.arraycopy(bytes, start, error, start + 1, bytes.length - start);

        assertRefused(defaults, Data.of(error));
    }

    /** Where such an object ends only the code of its class knows, so that what stands behind it could not be walked. */
    @Test
    void bombBehindAnObjectOfTheFirstFormat_isRefusedInTime() throws IOException {
        Object pair = "leaf";
        for (int i = 0; i < 50; i++) {
            pair = new Pair(pair, pair);
        }
        Object bomb = pair;
        List<Object> root = new ArrayList<>(List.of(Duration.ofSeconds(1), new HashSet<>(Set.of("key"))));
        Data data = replacing(o -> o.equals("key") ? bomb : o, root, ObjectStreamConstants.PROTOCOL_VERSION_1);

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> defaults.toObject(data))
                        .isInstanceOf(SerializationException.class)
                        .hasMessageContaining("first version of the stream format"));
    }

    @Test
    void recordsThatShareALargeValue_areRead_andWrittenByThisClient() {
        List<Integer> catalog = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            catalog.add(i);
        }
        List<Object> orders = new ArrayList<>();
        Map<Object, Object> byId = new HashMap<>();
        for (int i = 0; i < 4_000; i++) {
            orders.add(new Pair(i, catalog));
            byId.put(i, catalog);
        }
        for (Object value : List.of(new Pair(orders, byId), List.of(orders, 1))) {
            assertThat(defaults.<Object>toObject(defaults.toData(value))).isEqualTo(value);
        }
    }

    @Test
    void recordsThatReferToEachOther_areRefusedOnWriting() {
        Object pair = "leaf";
        for (int i = 0; i < 50; i++) {
            pair = new Pair(pair, pair);
        }
        Object value = pair;

        assertThatThrownBy(() -> defaults.toData(value))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("could not read it again")
                .hasMessageContaining("hashing them would take too long");
    }

    private static void assertRefused(SerializationService service, Data data) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThatThrownBy(() -> service.toObject(data))
                        .isInstanceOf(SerializationException.class)
                        .hasMessageContaining("hashing them would take too long"));
    }

    /** The stream of an object in which others stand in for some. */
    private static Data replacing(UnaryOperator<Object> replacement, Object root) throws IOException {
        return replacing(replacement, root, ObjectStreamConstants.PROTOCOL_VERSION_2);
    }

    private static Data replacing(UnaryOperator<Object> replacement, Object root, int version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header());
        try (ObjectOutputStream out = new ObjectOutputStream(bytes) {
            {
                enableReplaceObject(true);
            }

            @Override
            protected Object replaceObject(Object object) {
                return replacement.apply(object);
            }
        }) {
            out.useProtocolVersion(version);
            out.writeObject(root);
        }
        return Data.of(bytes.toByteArray());
    }

    @Test
    void realNestedCollections_areRead() throws IOException {
        Random random = new Random(1);
        Map<Object, Object> value = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            Set<List<Integer>> sets = new HashSet<>();
            for (int j = 0; j < 20; j++) {
                sets.add(List.of(random.nextInt(), random.nextInt()));
            }
            value.put(sets, new HashMap<>(Map.of(List.of("a"), sets)));
        }
        Object deep = value;
        for (int i = 0; i < 50; i++) {
            deep = new HashMap<>(Map.of("down", deep));
        }

        assertThat(service.<Object>toObject(stream(deep))).isEqualTo(deep);
    }

    @Test
    void largeMapsAndArrays_areRead() throws IOException {
        Map<Byte, Byte> small = new HashMap<>(100_000, 0.25f);
        for (int i = -128; i < 128; i++) {
            small.put((byte) i, (byte) i);
        }
        for (Object value : List.of(
                small,
                new HashMap<>(),
                new long[100_000],
                new Object[100_000],
                new ArrayList<>(List.of(small, small)))) {
            assertThat(service.<Object>toObject(stream(value))).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5b4a", "5b42", "5b4c6a6176612e6c616e672e4f626a6563743b"})
    void arrayLongerThanTheBytes_isRefusedBeforeAllocating(String typeName) throws IOException {
        Object sample = switch (typeName) {
            case "5b4a" -> new long[0];
            case "5b42" -> new byte[0];
            default -> new Object[0];
        };
        byte[] bytes = stream(sample).bytes();
        ByteBuffer.wrap(bytes).putInt(bytes.length - 4, 0x1000_0000);

        long cost = costOfError(Data.of(bytes), "an array of 268435456 elements cannot be in the");
        assertThat(cost).isLessThan(1 << 20);
    }

    @Test
    void arraysInsideArrays_eachAsLongAsAllBytes_areRefusedTogether() throws IOException {
        Object[] array = new Object[1];
        for (int i = 0; i < 400; i++) {
            array = new Object[] {array};
        }
        byte[] bytes = Arrays.copyOf(stream(array).bytes(), 1 << 20);
        String claimed = HexFormat.of().formatHex(bytes, 0, 8192).replace("7000000001", "7000100000");
        claimed = claimed.replace("7e000000000001", "7e000000100000"); // the class, by number, and the length
        byte[] start = HexFormat.of().parseHex(claimed);
        System.arraycopy(start, 0, bytes, 0, start.length);

        long cost = costOfError(Data.of(bytes), "an array of 1048576 elements cannot be in the");
        assertThat(cost).as("400 arrays of a million would take 1.6 GB").isLessThan(64 << 20);
    }

    @Test
    void objectsInsideEachOther_tooDeep_areRefused() throws IOException {
        Data deep = stream(requireNonNull(chain(600)));

        assertThatThrownBy(() -> service.toObject(deep))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("objects nest deeper than 500 levels");
        assertThat(service.<Object>toObject(stream(requireNonNull(chain(200))))).isInstanceOf(Link.class);
    }

    @Test
    void compressedBomb_isRefusedBeforeItGrows() throws IOException {
        Data bomb = compressed(new byte[200 << 20]);
        assertThat(bomb.size()).isLessThan(300_000);

        long cost = costOfError(bomb, "more than 100 times its compressed size");
        assertThat(cost).isLessThan(150 << 20);
        byte[] smaller = new byte[1_000_000];
        assertThat(service.<Object>toObject(compressed(smaller))).isEqualTo(smaller);
    }

    /** Guards against a harmless object that is called damaged and that no option lets pass. */
    @Test
    void compressedObject_largerThanTheLimit_namesTheOption() throws IOException {
        byte[] page = new byte[2_000_000];
        Data data = compressed(page);
        SerializationService strict = new SerializationService(
                ClientConfig.builder().maxDecompressedBytes(1 << 20).build().serialization());

        assertThat(service.<Object>toObject(data)).isEqualTo(page);
        assertThatThrownBy(() -> strict.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("more than 1048576 bytes")
                .hasMessageContaining("raise maxDecompressedBytes")
                .hasMessageNotContaining("damaged");
    }

    @Test
    void compressedBytes_damaged_areRefused() throws IOException {
        byte[] bytes = compressed("text".repeat(100)).bytes();
        for (int at = 10; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x11;
            if (at < 12 || at > 17) { // time, speed and system in the header mean nothing
                assertThatThrownBy(() -> service.toObject(Data.of(damaged)))
                        .as("byte %d", at)
                        .isInstanceOf(SerializationException.class);
            }
        }
    }

    @Test
    void proxies_areRefusedBeforeTheirClassesAreDefined() throws IOException {
        // Each set of interfaces makes another class, which nothing ever unloads.
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header());
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(ObjectStreamConstants.STREAM_MAGIC);
        out.writeShort(ObjectStreamConstants.STREAM_VERSION);
        out.writeByte(ObjectStreamConstants.TC_OBJECT);
        out.writeByte(ObjectStreamConstants.TC_PROXYCLASSDESC);
        out.writeInt(1);
        out.writeUTF("nobody.has.this.Interface");
        out.writeByte(ObjectStreamConstants.TC_ENDBLOCKDATA);
        out.writeByte(ObjectStreamConstants.TC_NULL);

        assertThatThrownBy(() -> service.toObject(Data.of(bytes.toByteArray())))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("a dynamic proxy is refused")
                .hasMessageContaining("javaSerializationFilter");
    }

    private static Data stream(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header());
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return Data.of(bytes.toByteArray());
    }

    private static Data compressed(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header());
        try (ObjectOutputStream out = new ObjectOutputStream(new GZIPOutputStream(bytes))) {
            out.writeObject(value);
        }
        return Data.of(bytes.toByteArray());
    }

    private static byte[] header() {
        return ByteBuffer.allocate(8).putInt(0).putInt(TypeId.SERIALIZABLE).array();
    }

    private long costOfError(Data data, String problem) {
        long cost = 0;
        for (int i = 0; i < 2; i++) { // the first one loads classes
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            try {
                service.toObject(data);
                throw new AssertionError("no error");
            } catch (SerializationException e) {
                cost = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
                assertThat(e).hasMessageContaining(problem);
            }
        }
        return cost;
    }

    private static @Nullable Link chain(int length) {
        Link link = null;
        for (int i = 0; i < length; i++) {
            link = new Link(link);
        }
        return link;
    }

    private record Pair(@Nullable Object left, @Nullable Object right) implements Serializable {}

    private record Holder(Object held) implements Serializable {}

    private record Link(@Nullable Link next) implements Serializable {}
}
