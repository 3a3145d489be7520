// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.vectors;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The data files of the members' tests jar: those that hold serialized objects are read, and there are no others. */
class PublishedFilesTest {

    private static final int KEYS = 10_000;
    private static final int STORE_HEADER = 0xEA3CAC4E;

    /** Programs, texts, certificates, archives; and the messages that the test of the codecs reads. */
    private static final Pattern OTHER =
            Pattern.compile(".*\\.(class|java|jar|zip|json|xml|yaml|properties|txt|sql|crt|jks|foobar|kotlin_module)"
                    + "|(.*/)?META-INF/.*|additional-services/.*|mockito-extensions/.*|nested/.*|(.*/)?test"
                    + "|[0-9.]+\\.protocol\\.compatibility(\\.null)?\\.binary");

    @Test
    void filesWithObjects_areTheseOnly() throws IOException {
        try (JarFile jar = Release.ofTheTests().testsJar()) {
            Set<String> files = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .filter(name -> !OTHER.matcher(name).matches())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(files)
                    .containsExactlyInAnyOrder(
                            "nearcache-10k-int.store",
                            "nearcache-10k-string.store",
                            "nearcache-empty.store",
                            "nearcache-invalid-fileformat.store",
                            "nearcache-invalid-magicbytes.store",
                            "nearcache-negative-fileformat.store",
                            "testHz3Object",
                            "testHz3ObjectLittleEndian",
                            "com/hazelcast/nio/hz-3.1.5-multicast-package.dump",
                            "com/hazelcast/nio/mock-class-data.dat");
        }
    }

    /** The keys of a near cache: a header of eight bytes, then each key with the number of its bytes before it. */
    @ParameterizedTest
    @ValueSource(strings = {"int", "string"})
    void keysOfANearCache_areReadAndWrittenAgain(String type) throws IOException {
        SerializationService service = new SerializationService();
        IntFunction<Object> keyOf = type.equals("int") ? Integer::valueOf : number -> "key-" + number;
        Set<Object> keys = new HashSet<>();
        try (DataInputStream in = new DataInputStream(open("nearcache-10k-" + type + ".store"))) {
            assertThat(in.readInt()).isEqualTo(STORE_HEADER);
            assertThat(in.readInt()).as("version").isZero();
            while (in.available() > 0) {
                Data data = Data.of(in.readNBytes(in.readInt()));
                Object key = requireNonNull(service.toObject(data));
                keys.add(key);
                assertThat(service.toData(key)).as("%s", key).isEqualTo(data);
            }
        }
        assertThat(keys).isEqualTo(IntStream.range(0, KEYS).mapToObj(keyOf).collect(Collectors.toSet()));
    }

    /** Two without keys and two with a header that a near cache refuses: there is nothing serialized in them. */
    @ParameterizedTest
    @ValueSource(strings = {"empty", "invalid-fileformat", "invalid-magicbytes", "negative-fileformat"})
    void otherStoresOfANearCache_haveNoKeys(String name) throws IOException {
        try (InputStream in = open("nearcache-" + name + ".store")) {
            assertThat(in.readAllBytes()).hasSize(8);
        }
    }

    /** An object of release 3, whose class is only known by name. */
    @ParameterizedTest
    @CsvSource({"testHz3Object, true", "testHz3ObjectLittleEndian, false"})
    void objectOfRelease3_isRefused(String file, boolean bigEndian) throws IOException {
        SerializationService service =
                new SerializationService(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        try (InputStream in = open(file)) {
            Data data = Data.of(in.readAllBytes());
            assertThatThrownBy(() -> service.toObject(data))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("com.hazelcast.internal.serialization.impl.TestObject")
                    .hasMessageContaining("IdentifiedDataSerializable");
        }
    }

    /** A message between members of release 3.1: behind its version, the type id and the form of an object known by name. */
    @Test
    void messageOfRelease31_isRefused() throws IOException {
        try (InputStream in = open("com/hazelcast/nio/hz-3.1.5-multicast-package.dump")) {
            byte[] bytes = in.readAllBytes();
            byte[] data = new byte[bytes.length];
            System.arraycopy(bytes, 2, data, 4, data.length - 4);
            assertThatThrownBy(() -> new SerializationService().toObject(Data.of(data)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("DataSerializable");
        }
    }

    @Test
    void dataOfAClass_isNoObject() throws IOException {
        try (InputStream in = open("com/hazelcast/nio/mock-class-data.dat")) {
            assertThat(new DataInputStream(in).readInt()).isEqualTo(0xCAFEBABE);
        }
    }

    private static InputStream open(String file) {
        return requireNonNull(PublishedFilesTest.class.getClassLoader().getResourceAsStream(file), file);
    }
}
