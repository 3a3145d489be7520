// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.serialization.Portable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Objects whose two parts claim the same bytes, level after level: few bytes that would stand for a number of objects which doubles with
 * each level.
 */
class PortableOverlapTest {

    private static final int LEVELS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void rawDataInFrontOfTheFields_cannotShareThem() {
        SerializationService service = Sample.service(Map.of(1, reader -> {
            Portable nested = reader.readPortable("p");
            return size(nested) + size(reader.getRawDataInput().readObject());
        }));
        learn(service, "p", null);
        ByteBuffer bytes = header(LEVELS * 65 + 100);
        int end = bytes.capacity();
        body(bytes, end, bytes.position() + 52, bytes.position() + 20);
        for (int level = 1; level <= LEVELS; level++) {
            int next = bytes.position() + 65;
            int nextField = level == LEVELS ? next : next + 32;
            int nextRawData = level == LEVELS ? next + 13 : next;
            // in the raw data, which start here, and in the field behind
            bytes.putInt(-1).putInt(Sample.FACTORY).putInt(1);
            body(bytes, end, nextField, nextRawData);
            field(bytes, "p", false);
            body(bytes, end, nextField, nextRawData);
        }
        field(bytes, "p", true);

        assertRefused(service, bytes, "raw data");
    }

    @Test
    void fieldsWithSimilarNames_cannotBeInOnePlace() {
        String first = "childrenOfFirstSubtree";
        String second = "childrenOfOtherSubtree";
        SerializationService service = Sample.service(
                Map.of(1, reader -> size(reader.readPortable(first)) + size(reader.readPortable(second))));
        learn(service, first, second);
        int level = 2 + first.length() + 1 + 9 + 24;
        ByteBuffer bytes = header(LEVELS * level + 100);
        int end = bytes.capacity();
        for (int i = 0; i < LEVELS; i++) {
            int next = bytes.position() + 24;
            bytes.putInt(0).putInt(end).putInt(2).putInt(next).putInt(next).putInt(0);
            field(bytes, first, i == LEVELS - 1);
        }

        assertRefused(service, bytes, "in one place");
    }

    /** An object of the class that is as it should be, so that the class is known. */
    private static void learn(SerializationService service, String name, @Nullable String second) {
        Data data = service.toData(Sample.writing(1, writer -> {
            writer.writeNullPortable(name, Sample.FACTORY, 1);
            if (second == null) {
                writer.getRawDataOutput().writeObject(null);
            } else {
                writer.writeNullPortable(second, Sample.FACTORY, 1);
            }
        }));
        Sample read = service.toObject(data);
        assertThat(read).isNotNull();
    }

    private static ByteBuffer header(int size) {
        return ByteBuffer.allocate(size)
                .putInt(0)
                .putInt(-1)
                .putInt(Sample.FACTORY)
                .putInt(1);
    }

    private static void body(ByteBuffer bytes, int end, int field, int rawData) {
        bytes.putInt(0).putInt(end).putInt(1).putInt(field).putInt(rawData);
    }

    /** The head of a field, behind which the body of its object follows. */
    private static void field(ByteBuffer bytes, String name, boolean isNull) {
        bytes.putShort((short) name.length())
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put((byte) 0)
                .put((byte) (isNull ? 1 : 0))
                .putInt(Sample.FACTORY)
                .putInt(1);
    }

    private static int size(@Nullable Object nested) {
        return nested instanceof Sample sample && sample.result() instanceof Integer size ? size : 1;
    }

    private static void assertRefused(SerializationService service, ByteBuffer bytes, String problem) {
        byte[] data = new byte[bytes.capacity()];
        bytes.rewind().get(data);
        assertTimeoutPreemptively(
                PATIENCE,
                () -> assertThatThrownBy(() -> service.toObject(Data.of(data)))
                        .isInstanceOf(SerializationException.class)
                        .hasMessageContaining(problem));
    }
}
