// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.codegen.Schema.Message;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The messages published for every version of the protocol, as the tests jar of a member carries them. */
class PublishedVectorsTest {
    /** Messages per version; each is there twice, the second time with nulls wherever they are allowed. */
    private static final Map<String, Integer> MESSAGES = Map.ofEntries(
            Map.entry("2.0", 849),
            Map.entry("2.0.1", 849),
            Map.entry("2.1", 869),
            Map.entry("2.2", 879),
            Map.entry("2.3", 881),
            Map.entry("2.4", 889),
            Map.entry("2.5", 897),
            Map.entry("2.6", 912),
            Map.entry("2.7", 948),
            Map.entry("2.8", 981),
            Map.entry("2.9", 985),
            Map.entry("2.10", 985));

    private static final int ALL_MESSAGES = 21_848;

    private int decoded;
    private int encoded;
    private int encodedAsOlder;

    @Test
    void everyMessageOfEveryVersion_decodedAndEncodedAgain_isTheSame() throws IOException {
        for (Map.Entry<String, Integer> version : new TreeMap<>(MESSAGES).entrySet()) {
            for (String kind : List.of("", ".null")) {
                String file = version.getKey() + ".protocol.compatibility" + kind + ".binary";
                assertThat(checkFile(version.getKey(), file))
                        .as("messages in %s", file)
                        .isEqualTo(version.getValue());
            }
        }
        System.out.printf(
                "published vectors: %d messages decoded, %d encoded again by the codecs, "
                        + "%d of older shape by the reference encoder%n",
                decoded, encoded, encodedAsOlder);
        assertThat(decoded).isEqualTo(ALL_MESSAGES);
        assertThat(encoded + encodedAsOlder).isEqualTo(ALL_MESSAGES);
        assertThat(encodedAsOlder).as("messages that have grown since").isEqualTo(648);
    }

    private int checkFile(String version, String file) throws IOException {
        byte[] bytes;
        try (InputStream in = getClass().getClassLoader().getResourceAsStream(file)) {
            bytes = Objects.requireNonNull(in, file + " on the class path").readAllBytes();
        }
        MessageCutter cutter = new MessageCutter(bytes.length);
        MessageReader reader = new MessageReader();
        int messages = 0;
        int start = 0;
        while (start < bytes.length) {
            int end = cutter.findEnd(bytes, start, bytes.length);
            assertThat(end).as("end of the message at %d of %s", start, file).isGreaterThan(start);
            checkMessage(version, file, reader.reset(bytes, start, end), Arrays.copyOfRange(bytes, start, end));
            messages++;
            start = end;
        }
        return messages;
    }

    private void checkMessage(String version, String file, MessageReader reader, byte[] bytes) {
        CodecPair codec = CodecPair.ALL.get(reader.messageType());
        assertThat(codec)
                .as("codec for type 0x%06x in %s", reader.messageType(), file)
                .isNotNull();
        List<@Nullable Object> values = Objects.requireNonNull(codec).decode(reader);
        decoded++;
        Message message = codec.message();
        if (Growth.unchangedSince(message.fields(), version)) {
            encoded++;
            assertThat(codec.encode(values))
                    .as("%s of %s, values %s", codec, file, Plain.of(values))
                    .isEqualTo(bytes);
        } else {
            encodedAsOlder++;
            assertThat(ReferenceEncoder.encode(version, message, values))
                    .as("%s of %s, values %s", codec, file, Plain.of(values))
                    .isEqualTo(bytes);
        }
    }
}
