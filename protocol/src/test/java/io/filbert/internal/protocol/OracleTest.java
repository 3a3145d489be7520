// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.impl.protocol.ClientMessage;
import io.filbert.codegen.Schema.Field;
import io.filbert.codegen.Schema.Kind;
import io.filbert.codegen.Type;
import io.filbert.internal.protocol.codec.ErrorsCodec;
import io.filbert.internal.protocol.type.ErrorHolder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every message against the codecs of a 5.7.0 member. Random values are turned into the peer's objects; the peer encodes
 * them to the same bytes, it decodes our bytes to the same objects, and encodes those to the same bytes again.
 */
class OracleTest {
    private static final int ROUNDS = 15;

    private final long seed = System.nanoTime();
    private final RandomValues random = new OracleValues(seed);

    @Test
    void everyMessage_bothWays_agreesWithThePeer() {
        int encoded = 0;
        int decoded = 0;
        Map<String, String> failures = new TreeMap<>();
        for (CodecPair codec : CodecPair.ALL.values()) {
            try {
                OracleCodec oracle = new OracleCodec(codec);
                for (int round = 0; round < ROUNDS; round++) {
                    List<@Nullable Object> values =
                            random.parameters(codec.message().fields());
                    byte[] ours = codec.encode(values);
                    ClientMessage theirs = oracle.encode(values);
                    assertThat(OracleCodec.bytes(theirs))
                            .as("%s encoded by the peer, seed %d, values %s", codec, seed, Plain.of(values))
                            .isEqualTo(ours);
                    encoded++;
                    checkFacts(codec, theirs);
                    List<@Nullable Object> peerValues = oracle.decode(ours);
                    comparePlainValues(codec, values, peerValues);
                    assertThat(OracleCodec.bytes(oracle.encodePeerValues(peerValues)))
                            .as("%s decoded by the peer, seed %d, values %s", codec, seed, Plain.of(values))
                            .isEqualTo(ours);
                    decoded++;
                }
            } catch (RuntimeException | AssertionError | ReflectiveOperationException e) {
                failures.put(codec.toString(), String.valueOf(e));
            }
        }
        System.out.printf(
                "peer 5.7.0, seed %d: %d messages of %d kinds encoded alike, %d decoded alike, different: %s%n",
                seed, encoded, CodecPair.ALL.size() - failures.size(), decoded, failures.keySet());
        assertThat(failures).as("messages that differ, seed %d", seed).isEmpty();
        assertThat(encoded).isEqualTo(ROUNDS * CodecPair.ALL.size());
        assertThat(decoded).isEqualTo(encoded);
    }

    /** What the schema says about a request is what the peer's codec says. */
    private void checkFacts(CodecPair codec, ClientMessage theirs) {
        if (codec.message().kind() == Kind.REQUEST) {
            RequestType ours = codec.requestType();
            assertThat(theirs.isRetryable()).as("%s retryable", codec).isEqualTo(ours.retryable());
            assertThat(theirs.isContainsSerializedDataInRequest())
                    .as("%s carries data", codec)
                    .isEqualTo(ours.carriesData());
        }
    }

    /** Values both sides have the same Java type for are compared as values too. */
    private void comparePlainValues(CodecPair codec, List<@Nullable Object> ours, List<@Nullable Object> theirs) {
        List<Field> fields = codec.message().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).type().fixedSize() || fields.get(i).type().name().equals("String")) {
                assertThat(theirs.get(i))
                        .as(
                                "%s.%s decoded by the peer, seed %d",
                                codec, fields.get(i).name(), seed)
                        .isEqualTo(ours.get(i));
            }
        }
    }

    @Test
    void errors_bothWays_agreeWithThePeer() throws ReflectiveOperationException {
        Type listOfErrors = new Type("List", List.of(new Type("ErrorHolder", List.of(), false)), false);
        for (int round = 0; round < 100; round++) {
            @SuppressWarnings("unchecked") // what the type says
            List<ErrorHolder> errors = (List<ErrorHolder>) Objects.requireNonNull(random.value(listOfErrors));
            byte[] ours = ErrorsCodec.encode(errors);
            assertThat(OracleCodec.errorsThroughThePeer(ours))
                    .as("seed %d, errors %s", seed, errors)
                    .isEqualTo(ours);
        }
    }
}
