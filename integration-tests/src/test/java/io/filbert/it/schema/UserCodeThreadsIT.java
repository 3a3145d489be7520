// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.StreamSerializer;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedMember;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Serializers of the user run on threads of the user, and whatever they do there hurts their own call only. */
@NoLeaks
final class UserCodeThreadsIT {

    private record Note(String text) {}

    /** Reads as the test says. */
    private static final class NoteSerializer implements StreamSerializer<Note> {

        volatile Consumer<Note> onRead = note -> {};
        volatile Thread reader = Thread.currentThread();
        final AtomicInteger ends = new AtomicInteger();

        @Override
        public int getTypeId() {
            return 7;
        }

        @Override
        public void write(ObjectDataOutput out, Note note) {
            out.writeString(note.text);
        }

        @Override
        public Note read(ObjectDataInput in) {
            reader = Thread.currentThread();
            Note note = new Note(String.valueOf(in.readString()));
            onRead.accept(note);
            return note;
        }

        @Override
        public void destroy() {
            ends.incrementAndGet();
        }
    }

    private final ScriptedMember member = ScriptedMember.start();
    private final NoteSerializer serializer = new NoteSerializer();

    @AfterEach
    void end() {
        member.close();
    }

    private HazelcastClient connect(Consumer<ClientConfig.Builder> changes) {
        return Clients.connect(member.address(), config -> {
            config.customSerializers(Map.of(Note.class, serializer));
            changes.accept(config);
        });
    }

    @Test
    void blockingCall_readsOffTheIoThread() {
        try (HazelcastClient client = connect(config -> {})) {
            Map<Integer, Note> map = client.<Integer, Note>getMap("m").blocking();
            map.put(1, new Note("a"));

            assertThat(map.get(1)).isEqualTo(new Note("a"));
            assertThat(serializer.reader).as("the reading thread").satisfies(UserThreads::isOfTheUser);
        }
    }

    @Test
    void asynchronousCall_readsOnTheCallbackThread() throws Exception {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Integer, Note> map = client.getMap("m");
            map.put(1, new Note("a")).join();
            CompletableFuture<Note> stage = map.get(1).thenApply(note -> note);

            assertThat(stage.get(10, TimeUnit.SECONDS)).isEqualTo(new Note("a"));
            assertThat(serializer.reader.getName()).contains("callback");
        }
    }

    @Test
    void serializerThatCallsTheClient_isAnswered() throws Exception {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Integer, Object> map = client.getMap("m");
            map.put(1, new Note("a")).join();
            map.put(2, "plain").join();
            serializer.onRead = note -> assertThat(map.blocking().get(2)).isEqualTo("plain");

            assertThat(map.blocking().get(1)).isEqualTo(new Note("a"));
            assertThat(map.get(1).thenApply(note -> note).get(10, TimeUnit.SECONDS))
                    .isEqualTo(new Note("a"));
        }
    }

    @Test
    void serializerThatHangs_holdsUpNoOtherCall() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Integer, Object> map = client.getMap("m");
            map.put(1, new Note("a")).join();
            map.put(2, "plain").join();
            serializer.onRead = note -> {
                hangs.countDown();
                try {
                    goesOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            };
            CompletableFuture<Object> slow = map.get(1).thenApply(note -> note);
            assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(map.blocking().get(2)).isEqualTo("plain");
            assertThat(map.get(2).thenApply(value -> value).get(10, TimeUnit.SECONDS))
                    .isEqualTo("plain");
            goesOn.countDown();
            assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(new Note("a"));
        }
    }

    @Test
    void serializerThatFails_failsItsCallOnly_namingMapAndType() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Integer, Object> map = client.getMap("m");
            map.put(1, new Note("a")).join();
            map.put(2, "plain").join();
            serializer.onRead = note -> {
                throw new IllegalStateException("no " + note);
            };

            assertThatThrownBy(() -> map.blocking().get(1))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("Map.get on map 'm'")
                    .hasMessageContaining("type id 7")
                    .hasRootCauseMessage("no Note[text=a]");
            serializer.onRead = note -> {
                throw new StackOverflowError("deep");
            };
            assertThatThrownBy(() -> map.get(1).get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(StackOverflowError.class);
            assertThat(map.get(2).join()).isEqualTo("plain");
            assertThat(member.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void objectWithoutSerializer_isRefusedNamingMapAndArgument() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Object, Object> map = client.getMap("m");

            assertThatThrownBy(() -> map.put(1, new Thread()))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("The value for map 'm'")
                    .hasMessageContaining("java.lang.Thread");
            assertThatThrownBy(() -> map.get(new Object()))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("The key for map 'm'");
        }
    }

    @Test
    void valuesInLists_areReadTogether() {
        try (HazelcastClient client = connect(config -> {})) {
            DistributedMap<Integer, Object> map = client.getMap("m");
            map.put(1, new Object[] {new Note("a"), List.of().toArray(), new Note("b")})
                    .join();

            assertThat((Object[]) map.blocking().get(1)).containsExactly(new Note("a"), new Object[0], new Note("b"));
        }
    }

    @Test
    void close_tellsSerializersOnce() {
        HazelcastClient client = connect(config -> {});
        client.shutdown();
        client.close();

        assertThat(serializer.ends).hasValue(1);
    }
}
