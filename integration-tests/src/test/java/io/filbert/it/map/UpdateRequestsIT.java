// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.error.ClientClosedException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapPutIfAbsentCodec;
import io.filbert.internal.protocol.codec.MapRemoveIfSameCodec;
import io.filbert.internal.protocol.codec.MapReplaceIfSameCodec;
import io.filbert.internal.protocol.member.MapGetMemberCodec;
import io.filbert.internal.protocol.member.MapPutIfAbsentMemberCodec;
import io.filbert.internal.protocol.member.MapRemoveIfSameMemberCodec;
import io.filbert.internal.protocol.member.MapReplaceIfSameMemberCodec;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.it.support.Clients;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What read-modify-write asks the member: two requests if nobody interferes, and comparing with the very bytes that it sent. */
@NoLeaks
final class UpdateRequestsIT {

    private static final SerializationService SERIALIZATION = new SerializationService();

    private final ScriptedMember member = ScriptedMember.start();
    private final HazelcastClient client = Clients.connect(List.of(member.address()));
    private final BlockingDistributedMap<String, Object> map =
            client.<String, Object>getMap("m").blocking();

    /** What the member holds for any key. */
    private final AtomicReference<@Nullable Data> held = new AtomicReference<>();

    /** What others put there between the next reads and writes, one each. */
    private final List<Data> interferences = new ArrayList<>();

    private static Data data(Object object) {
        return Objects.requireNonNull(SERIALIZATION.toData(object));
    }

    @BeforeEach
    void serveOneEntry() {
        member.on(MapGetCodec.REQUEST, (request, reply) -> {
            reply.send(MapGetMemberCodec.encodeResponse(held.get()));
            if (!interferences.isEmpty()) {
                held.set(interferences.remove(0));
            }
        });
        member.on(MapReplaceIfSameCodec.REQUEST, (request, reply) -> {
            var asked = MapReplaceIfSameMemberCodec.decodeRequest(request.reader());
            boolean same = asked.testValue().equals(held.get());
            if (same) {
                held.set(asked.value());
            }
            reply.send(MapReplaceIfSameMemberCodec.encodeResponse(same));
        });
        member.on(MapRemoveIfSameCodec.REQUEST, (request, reply) -> {
            var asked = MapRemoveIfSameMemberCodec.decodeRequest(request.reader());
            boolean same = asked.value().equals(held.get());
            if (same) {
                held.set(null);
            }
            reply.send(MapRemoveIfSameMemberCodec.encodeResponse(same));
        });
        member.on(MapPutIfAbsentCodec.REQUEST, (request, reply) -> {
            Data present = held.get();
            if (present == null) {
                held.set(MapPutIfAbsentMemberCodec.decodeRequest(request.reader())
                        .value());
            }
            reply.send(MapPutIfAbsentMemberCodec.encodeResponse(present));
        });
    }

    @AfterEach
    void close() {
        client.close();
        member.close();
    }

    private int requests() {
        return member.requests(MapGetCodec.REQUEST).size()
                + member.requests(MapReplaceIfSameCodec.REQUEST).size()
                + member.requests(MapRemoveIfSameCodec.REQUEST).size()
                + member.requests(MapPutIfAbsentCodec.REQUEST).size();
    }

    private @Nullable Object heldNow() {
        Data data = held.get();
        return data == null ? null : SERIALIZATION.toObject(data.bytes(), 0, data.size());
    }

    @Test
    void nobodyInterferes_twoRequests() {
        held.set(data(1));
        assertThat(map.compute("k", (key, value) -> 2)).isEqualTo(2);
        assertThat(requests()).isEqualTo(2);
        assertThat(map.computeIfPresent("k", (key, value) -> null)).isNull();
        assertThat(requests()).isEqualTo(4);
        assertThat(map.async().merge("k", 3, (old, given) -> -1).join()).isEqualTo(3);
        assertThat(requests()).isEqualTo(6);
        assertThat(map.computeIfAbsent("k", key -> 4)).isEqualTo(3);
        assertThat(requests()).as("of a value that is there").isEqualTo(7);
    }

    @Test
    void changedBetweenReadAndWrite_functionSeesTheNewValue() {
        held.set(data("a"));
        interferences.add(data("b"));
        List<Object> seen = new ArrayList<>();
        assertThat(map.compute("k", (key, value) -> {
                    seen.add(Objects.requireNonNull(value));
                    return value + "!";
                }))
                .isEqualTo("b!");
        assertThat(seen).containsExactly("a", "b");
        interferences.addAll(List.of(data("c"), data("d"), data("e"), data("f"), data("g")));
        assertThat(map.async().compute("k", (key, value) -> value + "?").join()).isEqualTo("g?");
        assertThat(heldNow()).isEqualTo("g?");
    }

    @Test
    void changedBetweenReadAndRemoval_functionDecidesAnew() {
        held.set(data(0));
        interferences.add(data(100));
        assertThat(map.computeIfPresent("k", (key, value) -> value.equals(0) ? null : value))
                .isEqualTo(100);
        assertThat(heldNow()).isEqualTo(100);
    }

    @Test
    void putBetweenReadAndPutIfAbsent_theOthersValueStands() {
        interferences.add(data("theirs"));
        assertThat(map.computeIfAbsent("k", key -> "mine")).isEqualTo("theirs");
        assertThat(heldNow()).isEqualTo("theirs");
        held.set(null);
        interferences.add(data("theirs"));
        assertThat(map.async().computeIfAbsent("k", key -> "mine").join()).isEqualTo("theirs");
    }

    /** A member that finds its own bytes different: what OBJECT maps do whose classes have no {@code equals}. */
    @Test
    void memberNeverRecognizesTheValue_endsByTheDeadline() {
        held.set(data("a"));
        member.on(
                MapReplaceIfSameCodec.REQUEST,
                (request, reply) -> reply.send(MapReplaceIfSameMemberCodec.encodeResponse(false)));
        BlockingDistributedMap<String, Object> hasty = map.withDeadline(Duration.ofMillis(250));
        assertThatThrownBy(() -> hasty.compute("k", (key, value) -> "b"))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageStartingWith("compute of map 'm' did not end within 250 ms")
                .hasMessageContaining("in-memory format OBJECT")
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> hasty.async().compute("k", (key, value) -> "b").join())
                .hasCauseInstanceOf(OperationTimeoutException.class);
        int asked = requests();
        assertThat(asked).as("with growing pauses").isLessThan(200);
    }

    @Test
    void silentMember_endsByTheDeadline() {
        held.set(data("a"));
        member.hold(MapReplaceIfSameCodec.REQUEST);
        assertThatThrownBy(() -> map.withDeadline(Duration.ofMillis(300)).compute("k", (key, value) -> "b"))
                .isInstanceOfSatisfying(
                        OperationTimeoutException.class,
                        e -> assertThat(e.isIndeterminate()).isTrue());
    }

    @Test
    void unreadableValue_changesNothing_andSaysSo() {
        held.set(Data.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 99, 1}));
        assertThatThrownBy(() -> map.compute("k", (key, value) -> "b"))
                .isInstanceOfSatisfying(
                        SerializationException.class,
                        e -> assertThat(e.wasCarriedOut())
                                .as("the reading was, but not the call")
                                .isFalse())
                .hasMessageContaining("compute of map 'm' changed nothing, because the present value cannot be read");
        assertThatThrownBy(() -> map.async().compute("k", (key, value) -> "b").join())
                .hasCauseInstanceOf(SerializationException.class)
                .hasMessageContaining("changed nothing");
        assertThat(member.requests(MapReplaceIfSameCodec.REQUEST)).isEmpty();
    }

    @Test
    void unwritableResult_changesNothing() {
        held.set(data("a"));
        assertThatThrownBy(() -> map.compute("k", (key, value) -> new Object()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("The value for map 'm'");
        assertThat(member.requests(MapReplaceIfSameCodec.REQUEST)).isEmpty();
    }

    /** The pause between two attempts ends with the client: a caller would otherwise wait for ever. */
    @Test
    void closingTheClient_endsTheRepetition() throws Exception {
        held.set(data("a"));
        member.on(
                MapReplaceIfSameCodec.REQUEST,
                (request, reply) -> reply.send(MapReplaceIfSameMemberCodec.encodeResponse(false)));
        var future = map.async().compute("k", (key, value) -> "b");
        member.awaitRequests(MapReplaceIfSameCodec.REQUEST, 6);
        client.close();
        assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(ClientClosedException.class);
    }
}
