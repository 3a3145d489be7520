// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filbert.HazelcastClient;
import io.filbert.error.HazelcastException;
import io.filbert.error.SerializationException;
import io.filbert.error.TargetDisconnectedException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.internal.protocol.member.MapGetMemberCodec;
import io.filbert.internal.protocol.member.MapPutMemberCodec;
import io.filbert.internal.protocol.member.MapSizeMemberCodec;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.Reply;
import io.filbert.testkit.ScriptedMember;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytes no member would send: the call ends with a clear error, the client goes on, and the connection is closed if it is not known any
 * more where the next message begins.
 */
@NoLeaks
final class HostileMemberIT {

    private static HazelcastClient connect(ScriptedMember member) {
        return Clients.connect(
                member.address(),
                config -> config.retryInitialBackoff(Duration.ofMillis(20))
                        .maxMessageBytes(1 << 20)
                        .invocationTimeout(Duration.ofSeconds(15)));
    }

    private static byte[] frame(int length, int flags) {
        return ByteBuffer.allocate(6)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .putShort((short) flags)
                .array();
    }

    private static byte[] response() {
        return MapPutMemberCodec.encodeResponse(Data.of(new byte[64]));
    }

    static Stream<Named<Consumer<Reply>>> hostileBytes() {
        return Stream.of(
                Named.of("negative frame length", reply -> reply.raw(frame(-1, 0xC000))),
                Named.of("frame length below its header", reply -> reply.raw(frame(5, 0xC000))),
                Named.of("frame length zero", reply -> reply.raw(frame(0, 0))),
                Named.of("huge frame length", reply -> reply.raw(frame(Integer.MAX_VALUE, 0xC000))),
                Named.of("frame just over the limit", reply -> reply.raw(frame((1 << 20) + 7, 0xC000))),
                Named.of(
                        "first frame too short for a message",
                        reply -> reply.raw(
                                // final frame with four bytes of content
                                ByteBuffer.allocate(10).put(frame(10, 0xE000)).array())),
                Named.of("response of another type", reply -> reply.send(MapSizeMemberCodec.encodeResponse(7))),
                Named.of("fragments whose first is missing", reply -> {
                    byte[] fragment = new byte[14 + 6];
                    ByteBuffer buffer = ByteBuffer.wrap(fragment).order(ByteOrder.LITTLE_ENDIAN);
                    buffer.putInt(14).putShort((short) 0x4000).putLong(77);
                    buffer.putInt(6).putShort((short) 0x2000);
                    reply.raw(fragment);
                    reply.raw(frame(-5, 0));
                }));
    }

    /** Frames that are in order, and say where the next message begins; only what they contain is not what it should be. */
    static Stream<Named<Consumer<Reply>>> nonsense() {
        return Stream.of(
                Named.of("nested structures that never end", reply -> {
                    byte[] begins = new byte[6 * 20_000];
                    for (int i = 0; i < begins.length; i += 6) {
                        System.arraycopy(frame(6, 0x1000), 0, begins, i, 6);
                    }
                    System.arraycopy(frame(6, 0x3000), 0, begins, begins.length - 6, 6);
                    byte[] head = reply.addressed(response());
                    byte[] first = Arrays.copyOf(
                            head,
                            ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(0));
                    reply.raw(first);
                    reply.raw(begins);
                }),
                Named.of("response without its value frame", reply -> {
                    byte[] head = reply.addressed(response());
                    byte[] first = Arrays.copyOf(
                            head,
                            ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(0));
                    first[5] |= 0x20; // final
                    reply.raw(first);
                }),
                Named.of("value too short for its header", reply -> {
                    byte[] head = reply.addressed(response());
                    int end =
                            ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
                    reply.raw(ByteBuffer.allocate(end + 9)
                            .put(head, 0, end)
                            .put(frame(9, 0x2000))
                            .array());
                }));
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void nonsense_failsOnlyItsCall_whichWasCarriedOut(Consumer<Reply> attack) {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = connect(member)) {
            DistributedMap<String, String> map = client.getMap("m");
            map.put("k", "v").join();
            int connections = member.connectionsAccepted();
            member.on(MapPutCodec.REQUEST, (request, reply) -> attack.accept(reply));

            assertThatThrownBy(() -> map.put("k", "v2").join())
                    .cause()
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("Map.put on map 'm'")
                    .hasMessageContaining("carried the call out");

            member.asUsual(MapPutCodec.REQUEST);
            assertThat(map.put("k", "v3").join()).isEqualTo("v");
            assertThat(member.connectionsAccepted()).isEqualTo(connections);
        }
    }

    /** The call ends at once; the bytes are skipped until another message begins among them, which no message can contain. */
    @Test
    void endlessMessage_failsItsCall_andTheConnectionEndsWithTheNextMessage() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = connect(member)) {
            DistributedMap<String, String> map = client.getMap("m");
            map.put("k", "v").join();
            int connections = member.connectionsAccepted();
            member.on(MapPutCodec.REQUEST, (request, reply) -> {
                byte[] head = reply.addressed(response());
                byte[] frames = new byte[6 * 10_000];
                for (int i = 0; i < frames.length; i += 6) {
                    System.arraycopy(frame(6, 0), 0, frames, i, 6);
                }
                reply.raw(Arrays.copyOf(
                        head,
                        ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(0)));
                for (int i = 0; i < 100; i++) {
                    reply.raw(frames);
                }
            });

            assertThatThrownBy(() -> map.put("k", "v2").join())
                    .cause()
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("maxMessageBytes");

            member.asUsual(MapPutCodec.REQUEST);
            assertThat(map.get("k").join()).isEqualTo("v");
            assertThat(map.put("k", "v3").join()).isEqualTo("v");
            assertThat(member.connectionsAccepted()).isEqualTo(connections + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("hostileBytes")
    void hostileBytes_endTheConnection_withAClearError_andTheClientRecovers(Consumer<Reply> attack) {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = connect(member)) {
            DistributedMap<String, String> map = client.getMap("m");
            map.put("k", "v").join();
            int connections = member.connectionsAccepted();
            member.on(MapPutCodec.REQUEST, (request, reply) -> attack.accept(reply));

            Throwable failure = catchThrowable(() -> map.put("k", "v2").join());

            assertThat(failure).isInstanceOf(CompletionException.class);
            Throwable cause = Objects.requireNonNull(failure.getCause());
            assertThat(cause).isInstanceOf(TargetDisconnectedException.class);
            assertThat(cause.getMessage()).contains(member.address());
            member.asUsual(MapPutCodec.REQUEST);
            assertThat(map.get("k").join()).isEqualTo("v");
            assertThat(map.put("k", "v3").join()).isEqualTo("v");
            assertThat(member.connectionsAccepted()).isEqualTo(connections + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void garbage_endsTheConnection_andTheClientRecovers(long seed) {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = connect(member)) {
            DistributedMap<String, String> map = client.getMap("m");
            map.put("k", "v").join();
            byte[] garbage = new byte[4096];
            new Random(seed).nextBytes(garbage);
            member.on(MapPutCodec.REQUEST, (request, reply) -> {
                reply.raw(garbage);
                reply.connection().close();
            });
            assertThatThrownBy(() -> map.put("k", "v2").join()).hasCauseInstanceOf(TargetDisconnectedException.class);
            member.asUsual(MapPutCodec.REQUEST);
            assertThat(map.get("k").join()).isEqualTo("v");
        }
    }

    @Test
    void flippedBits_neverHangOrKillTheClient() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = Clients.connect(
                        member.address(),
                        config -> config.retryInitialBackoff(Duration.ofMillis(5))
                                .invocationTimeout(Duration.ofMillis(300))
                                .maxMessageBytes(1 << 20))) {
            DistributedMap<String, Object> map = client.getMap("m");
            map.put("k", new Object[] {"text", 1L, new String[] {"a", "b"}, new int[] {1, 2, 3}})
                    .join();
            member.on(MapGetCodec.REQUEST, (request, reply) -> {
                byte[] key =
                        MapGetMemberCodec.decodeRequest(request.reader()).key().bytes();
                byte[] response = reply.addressed(MapGetMemberCodec.encodeResponse(
                        member.cluster().map("m").get(Data.of(key))));
                int flips = 1 + random.nextInt(3);
                for (int i = 0; i < flips; i++) {
                    response[random.nextInt(response.length)] ^= (byte) (1 << random.nextInt(8));
                }
                reply.raw(response);
            });
            for (int i = 0; i < 100; i++) {
                // Whatever comes of it: it ends, and with nothing but the errors of the contract.
                Throwable failure = catchThrowable(
                        () -> map.withDeadline(Duration.ofMillis(40)).get("k").join());
                if (failure != null) {
                    assertThat(failure.getCause())
                            .as("seed %d, round %d", seed, i)
                            .isInstanceOf(HazelcastException.class);
                }
            }
            member.asUsual(MapGetCodec.REQUEST);
            // The last flip may have announced a long frame, whose end the connection rightly still waits for.
            member.resetConnections();
            assertThat(map.withDeadline(Duration.ofSeconds(10)).get("k").join())
                    .as("seed %d", seed)
                    .isInstanceOf(Object[].class);
        }
    }

    @Test
    void responseOfAnotherType_toAnIdempotentCall_isAskedForAgainElsewhere() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = connect(member)) {
            DistributedMap<String, String> map = client.getMap("m");
            map.put("k", "v").join();
            AtomicInteger asked = new AtomicInteger();
            member.on(MapGetCodec.REQUEST, (request, reply) -> {
                if (asked.incrementAndGet() == 1) {
                    reply.send(MapSizeMemberCodec.encodeResponse(7));
                } else {
                    reply.proceed();
                }
            });
            assertThat(map.get("k").join()).isEqualTo("v");
        }
    }

    @Test
    void truncatedResponse_thenEndOfStream_failsTheCall() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = connect(member)) {
            DistributedMap<String, String> map = client.getMap("m");
            member.on(MapPutCodec.REQUEST, (request, reply) -> {
                byte[] whole = reply.addressed(response());
                reply.raw(Arrays.copyOf(whole, whole.length - 3));
                reply.connection().close();
            });
            assertThatThrownBy(() -> map.put("k", "v").join()).hasCauseInstanceOf(TargetDisconnectedException.class);
        }
    }

    @Test
    void corruptValue_failsOnlyItsCall() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = connect(member)) {
            DistributedMap<String, String> map = client.getMap("m");
            int connections = member.connectionsAccepted();
            byte[] corrupt = ByteBuffer.allocate(12)
                    .putInt(4, -11)
                    .putInt(8, Integer.MAX_VALUE)
                    .array();
            member.on(
                    MapGetCodec.REQUEST,
                    (request, reply) -> reply.send(MapGetMemberCodec.encodeResponse(Data.of(corrupt))));
            assertThatThrownBy(() -> map.get("k").join()).hasCauseInstanceOf(SerializationException.class);
            member.asUsual(MapGetCodec.REQUEST);
            assertThat(map.get("k").join()).isNull();
            assertThat(member.connectionsAccepted()).isEqualTo(connections);
        }
    }

    @Test
    void unknownEventsAndReplies_areIgnored() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = connect(member)) {
            DistributedMap<String, String> map = client.getMap("m");
            int connections = member.connectionsAccepted();
            member.on(MapGetCodec.REQUEST, (request, reply) -> {
                byte[] unknown = MapGetMemberCodec.encodeResponse(null);
                MessageHeader.setCorrelationId(unknown, 987_654_321L);
                reply.raw(unknown);
                MessageHeader.setCorrelationId(unknown, -1);
                reply.raw(unknown);
                byte[] event = MapGetMemberCodec.encodeResponse(null);
                MessageHeader.setCorrelationId(event, request.correlationId());
                event[5] |= 0x02; // the flag of events, on a correlation id that has no listener
                reply.raw(event);
                reply.proceed();
                // A second answer to the same request.
                reply.proceed();
            });
            assertThat(map.get("k").join()).isNull();
            assertThat(map.get("k").join()).isNull();
            assertThat(member.connectionsAccepted()).isEqualTo(connections);
        }
    }

    @Test
    void responsesInFragmentsAndPieces_arePutTogether() {
        try (ScriptedMember member = ScriptedMember.start();
                HazelcastClient client = connect(member)) {
            DistributedMap<Integer, String> map = client.getMap("m");
            for (int i = 0; i < 50; i++) {
                map.put(i, "value-" + i).join();
            }
            AtomicInteger turn = new AtomicInteger();
            member.on(MapGetCodec.REQUEST, (request, reply) -> {
                Data key = MapGetMemberCodec.decodeRequest(request.reader()).key();
                byte[] response = MapGetMemberCodec.encodeResponse(
                        member.cluster().map("m").get(key));
                if (turn.getAndIncrement() % 2 == 0) {
                    reply.sendFragmented(response, 1);
                } else {
                    reply.sendInPieces(response, 7);
                }
            });
            CompletableFuture<?>[] gets = new CompletableFuture<?>[50];
            for (int i = 0; i < 50; i++) {
                gets[i] = map.get(i);
            }
            for (int i = 0; i < 50; i++) {
                assertThat(gets[i].join()).isEqualTo("value-" + i);
            }
        }
    }
}
