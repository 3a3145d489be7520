// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.codegen.Schema.CustomType;
import io.filbert.codegen.Schema.Field;
import io.filbert.codegen.Schema.Kind;
import io.filbert.codegen.Type;
import io.filbert.internal.protocol.codec.ErrorsCodec;
import io.filbert.internal.protocol.type.ErrorHolder;
import io.filbert.internal.protocol.type.StackTraceElement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every message with random values: through both sides, against the reference encoder, older, younger. */
class RoundTripTest {
    private static final int ROUNDS = 20;

    private final long seed = System.nanoTime();
    private final RandomValues random = new RandomValues(seed, 3);

    @Test
    void schema_whole_hasEveryMessageOnce() {
        assertThat(count(Kind.REQUEST)).isEqualTo(474);
        assertThat(count(Kind.RESPONSE)).isEqualTo(474);
        assertThat(count(Kind.EVENT)).isEqualTo(37);
    }

    private static long count(Kind kind) {
        return CodecPair.ALL.values().stream()
                .filter(each -> each.message().kind() == kind)
                .count();
    }

    @Test
    void encode_randomValues_givesTheReferenceBytesAndDecodesToTheSame() {
        for (int round = 0; round < ROUNDS; round++) {
            for (CodecPair codec : CodecPair.ALL.values()) {
                List<@Nullable Object> values =
                        random.parameters(codec.message().fields());
                byte[] bytes = codec.encode(values);
                assertThat(bytes)
                        .as("%s, seed %d, values %s", codec, seed, Plain.of(values))
                        .isEqualTo(ReferenceEncoder.encode("2.10", codec.message(), values));
                assertThat(Plain.of(codec.decode(bytes)))
                        .as("%s, seed %d", codec, seed)
                        .isEqualTo(Plain.of(values));
                assertThat(new MessageCutter(bytes.length).findEnd(bytes, 0, bytes.length))
                        .as("%s, seed %d, end of message", codec, seed)
                        .isEqualTo(bytes.length);
            }
        }
    }

    @Test
    void decode_fromOldestPeer_givesDefaults() {
        int withDefaults = 0;
        for (CodecPair codec : CodecPair.ALL.values()) {
            List<@Nullable Object> values = random.parameters(codec.message().fields());
            byte[] bytes = ReferenceEncoder.encode(codec.message().since(), codec.message(), values);
            List<@Nullable Object> decoded = codec.decode(bytes);
            List<Field> fields = codec.message().fields();
            for (int i = 0; i < fields.size(); i++) {
                Field field = fields.get(i);
                if (field.added()) {
                    withDefaults++;
                    assertThat(text(decoded.get(i)))
                            .as("%s.%s, seed %d", codec, field.name(), seed)
                            .isEqualTo(field.defaultValue());
                } else if (Growth.unchangedSince(field.type(), codec.message().since())) {
                    assertThat(Plain.of(decoded.get(i)))
                            .as("%s.%s, seed %d", codec, field.name(), seed)
                            .isEqualTo(Plain.of(values.get(i)));
                }
            }
        }
        assertThat(withDefaults).as("parameters newer than their message").isEqualTo(69);
    }

    /** A decoded default as the schema writes it. */
    private static String text(@Nullable Object value) {
        boolean empty = (value instanceof Collection<?> items && items.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
        return empty ? "empty" : String.valueOf(value);
    }

    @Test
    void decode_customTypesFromOldestPeer_givesDefaults() {
        int withDefaults = 0;
        for (CustomType type : CodecPair.SCHEMA.types().values()) {
            Type name = new Type(type.name(), List.of(), false);
            Record value = (Record) Objects.requireNonNull(random.value(name));
            byte[] bytes = ReferenceEncoder.encodeAlone(type.since(), name, value);
            MessageReader in = new MessageReader().reset(bytes, 0, bytes.length);
            List<@Nullable Object> decoded =
                    CodecPair.components((Record) CodecPair.wireType(type).read(in));
            for (int i = 0; i < type.fields().size(); i++) {
                Field field = type.fields().get(i);
                if (field.added()) {
                    withDefaults++;
                    assertThat(text(decoded.get(i)))
                            .as("%s.%s, seed %d", type.name(), field.name(), seed)
                            .isEqualTo(field.defaultValue());
                }
            }
        }
        assertThat(withDefaults).as("fields newer than their type").isEqualTo(16);
    }

    @Test
    void decode_fromYoungerPeer_skipsWhatItDoesNotKnow() {
        for (CodecPair codec : CodecPair.ALL.values()) {
            List<@Nullable Object> values = random.parameters(codec.message().fields());
            byte[] bytes = ReferenceEncoder.encodeYounger(codec.message(), values);
            assertThat(Plain.of(codec.decode(bytes)))
                    .as("%s, seed %d", codec, seed)
                    .isEqualTo(Plain.of(values));
        }
    }

    @Test
    void decode_insideALargerBuffer_staysInside() {
        for (CodecPair codec : CodecPair.ALL.values()) {
            List<@Nullable Object> values = random.parameters(codec.message().fields());
            byte[] bytes = codec.encode(values);
            byte[] buffer = new byte[bytes.length + 200];
            random.random().nextBytes(buffer);
            System.arraycopy(bytes, 0, buffer, 100, bytes.length);
            MessageReader in = new MessageReader().reset(buffer, 100, 100 + bytes.length);
            assertThat(Plain.of(codec.decode(in)))
                    .as("%s, seed %d", codec, seed)
                    .isEqualTo(Plain.of(values));
            assertThat(Plain.of(codec.decode(in)))
                    .as("%s, a second time", codec)
                    .isEqualTo(Plain.of(values));
        }
    }

    @Test
    void errors_withCauses_comeBack() {
        List<ErrorHolder> errors = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            errors.add(new ErrorHolder(
                    i,
                    "java.lang.Exception" + i,
                    i == 1 ? null : "what happened",
                    List.of(new StackTraceElement("A", "b", null, 7), new StackTraceElement("A", "c", "A.java", -2))));
        }
        byte[] bytes = ErrorsCodec.encode(errors);
        MessageReader in = new MessageReader().reset(bytes, 0, bytes.length);
        assertThat(in.messageType()).isZero();
        assertThat(ErrorsCodec.decode(in)).isEqualTo(errors);
        assertThat(new MessageCutter(bytes.length).findEnd(bytes, 0, bytes.length))
                .isEqualTo(bytes.length);
    }
}
