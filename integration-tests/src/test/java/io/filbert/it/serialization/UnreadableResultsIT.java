// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filbert.HazelcastClient;
import io.filbert.collection.BlockingDistributedQueue;
import io.filbert.collection.DistributedQueue;
import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.it.support.Clients;
import io.filbert.it.support.OnSharedCluster;
import io.filbert.it.support.SharedCluster;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.StreamSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls that were carried out, but whose results cannot be read here. Guards against errors that let such a call count as one without effect,
 * and against items that nobody gets.
 */
final class UnreadableResultsIT extends OnSharedCluster {

    private static final AtomicInteger NAMES = new AtomicInteger();

    /** What only the other client can read. */
    private record Foreign(String text) {}

    private static final class ForeignSerializer implements StreamSerializer<Foreign> {

        @Override
        public int getTypeId() {
            return 4711;
        }

        @Override
        public void write(ObjectDataOutput out, Foreign object) {
            out.writeString(object.text);
        }

        @Override
        public Foreign read(ObjectDataInput in) {
            return new Foreign(Objects.requireNonNull(in.readString()));
        }
    }

    private static @Nullable HazelcastClient writer;

    @BeforeAll
    static void connectWriter() {
        writer = Clients.connect(
                SharedCluster.get().members().get(0).address(),
                config -> config.customSerializers(Map.of(Foreign.class, new ForeignSerializer())));
    }

    @AfterAll
    static void closeWriter() {
        writer().close();
        writer = null;
    }

    private static HazelcastClient writer() {
        return Objects.requireNonNull(writer, "connected before the first test");
    }

    private final String name = "unreadable-" + NAMES.incrementAndGet();
    private final BlockingDistributedMap<String, Object> map =
            client().<String, Object>getMap(name).blocking();
    private final BlockingDistributedMap<String, Object> writersMap =
            writer().<String, Object>getMap(name).blocking();
    private final DistributedQueue<Object> queue = client().getQueue(name);
    private final BlockingDistributedQueue<Object> writersQueue =
            writer().<Object>getQueue(name).blocking();

    /** The error of a call that the members carried out. */
    private static SerializationException carriedOut(ThrowingCallable call) {
        Throwable failure = catchThrowable(call);
        if (failure instanceof ExecutionException) {
            failure = failure.getCause();
        }
        assertThat(failure).isInstanceOf(SerializationException.class);
        SerializationException unreadable = (SerializationException) Objects.requireNonNull(failure);
        assertThat(unreadable.wasCarriedOut()).as("carried out: %s", failure).isTrue();
        assertThat(unreadable.isRetryable()).isFalse();
        assertThat(unreadable.isIndeterminate()).isFalse();
        return unreadable;
    }

    private static Foreign read(byte[] raw) {
        SerializationService service = new SerializationService(io.filbert.config.ClientConfig.builder()
                .customSerializers(Map.of(Foreign.class, new ForeignSerializer()))
                .build()
                .serialization());
        return Objects.requireNonNull(service.toObject(raw, 0, raw.length));
    }

    @Test
    void put_unreadablePreviousValue_wasCarriedOut() {
        writersMap.set("k", new Foreign("old"));
        SerializationException error = carriedOut(() -> map.put("k", "new"));

        assertThat(error).hasMessageContaining("map '" + name + "'").hasMessageContaining("4711");
        assertThat(error.rawResult())
                .hasValueSatisfying(raw -> assertThat(read(raw)).isEqualTo(new Foreign("old")));
        assertThat(map.get("k")).isEqualTo("new");
    }

    @Test
    void replaceAndRemove_unreadablePreviousValue_wereCarriedOut() {
        writersMap.set("k", new Foreign("old"));
        assertThat(carriedOut(() -> map.replace("k", "new")).rawResult()).isPresent();
        assertThat(map.get("k")).isEqualTo("new");

        writersMap.set("k", new Foreign("old"));
        assertThat(carriedOut(() -> map.remove("k")).rawResult()).isPresent();
        assertThat(map.containsKey("k")).isFalse();
    }

    @Test
    void get_unreadableValue_hasItsBytes() {
        writersMap.set("k", new Foreign("v"));

        assertThat(carriedOut(() -> map.get("k")).rawResult())
                .hasValueSatisfying(raw -> assertThat(read(raw)).isEqualTo(new Foreign("v")));
        assertThat(carriedOut(() -> map.async().getAll(Set.of("k", "other")).get(10, TimeUnit.SECONDS))
                        .rawResult())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll", "take", "remove", "async poll"})
    void takingOneItem_unreadable_givesItsBytes(String method) {
        writersQueue.add(new Foreign("job"));
        SerializationException error = carriedOut(() -> {
            Object ignored = switch (method) {
                case "poll" -> queue.blocking().poll();
                case "take" -> queue.blocking().take();
                case "remove" -> queue.blocking().remove();
                default -> queue.poll().get(10, TimeUnit.SECONDS);
            };
        });

        assertThat(error.rawResult())
                .hasValueSatisfying(raw -> assertThat(read(raw)).isEqualTo(new Foreign("job")));
        assertThat(queue.blocking()).isEmpty();
    }

    private void addNineReadableAndTwoForeignItems() {
        writersQueue.addAll(List.of("a", new Foreign("x"), "b", "c", "d", "e", "f", new Foreign("y"), "g", "h", "i"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocking", "blocking with limit", "async", "async with limit"})
    void drainTo_someUnreadable_deliversTheOthers(String method) {
        addNineReadableAndTwoForeignItems();
        List<Object> taken = new ArrayList<>();
        SerializationException error = carriedOut(() -> {
            Object ignored = switch (method) {
                case "blocking" -> queue.blocking().drainTo(taken);
                case "blocking with limit" -> queue.blocking().drainTo(taken, 20);
                case "async" -> queue.drainTo(taken).get(10, TimeUnit.SECONDS);
                default -> queue.drainTo(taken, 20).get(10, TimeUnit.SECONDS);
            };
        });

        assertThat(taken).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i");
        assertThat(error.rawResults())
                .extracting(UnreadableResultsIT::read)
                .containsExactly(new Foreign("x"), new Foreign("y"));
        assertThat(error).hasMessageContaining("2 of 11 items").hasMessageContaining("item 2");
        assertThat(queue.blocking()).isEmpty();
    }

    @Test
    void drain_someUnreadable_theErrorHasTheOthers() {
        addNineReadableAndTwoForeignItems();
        SerializationException error = carriedOut(() -> queue.drain().get(10, TimeUnit.SECONDS));

        assertThat(error.readableResults()).hasSize(9).startsWith("a", "b");
        assertThat(error.rawResults()).hasSize(2);
    }

    @Test
    void iterator_someUnreadable_failsAndLeavesThemThere() {
        addNineReadableAndTwoForeignItems();
        SerializationException error = carriedOut(() -> queue.iterator().get(10, TimeUnit.SECONDS));

        assertThat(error).hasMessageContaining("2 of 11 items");
        assertThat(error.readableResults()).hasSize(9);
        assertThat(queue.blocking()).hasSize(11);
    }

    /** Reads until something is thrown, whatever it is. */
    private static final class FailingSerializer implements StreamSerializer<Foreign> {

        private final Error error;

        FailingSerializer(Error error) {
            this.error = error;
        }

        @Override
        public int getTypeId() {
            return 4711;
        }

        @Override
        public void write(ObjectDataOutput out, Foreign object) {
            out.writeString(object.text);
        }

        @Override
        public Foreign read(ObjectDataInput in) {
            throw error;
        }
    }

    private static HazelcastClient failingWith(Error error) {
        return Clients.connect(
                SharedCluster.get().members().get(0).address(),
                config -> config.customSerializers(Map.of(Foreign.class, new FailingSerializer(error))));
    }

    /** Guards against errors that are no exceptions, such as failed assertions: the item was gone, and nothing said so. */
    @Test
    void error_ofASerializer_givesTheBytes() {
        Error bug = new AssertionError("a bug of the serializer");
        try (HazelcastClient failing = failingWith(bug)) {
            BlockingDistributedMap<String, Object> failingMap =
                    failing.<String, Object>getMap(name).blocking();
            BlockingDistributedQueue<Object> failingQueue =
                    failing.<Object>getQueue(name).blocking();
            writersMap.set("k", new Foreign("old"));
            writersQueue.add(new Foreign("job"));
            addNineReadableAndTwoForeignItems();

            for (ThrowingCallable call :
                    List.<ThrowingCallable>of(() -> failingMap.put("k", "new"), () -> failingQueue.poll())) {
                SerializationException error = carriedOut(call);
                assertThat(error.rawResult()).isPresent();
                assertThat(error).hasMessageContaining("a bug of the serializer");
                assertThat(error).hasRootCause(bug);
            }
            List<Object> taken = new ArrayList<>();
            assertThat(carriedOut(() -> failingQueue.drainTo(taken)).rawResults())
                    .extracting(UnreadableResultsIT::read)
                    .containsExactly(new Foreign("x"), new Foreign("y"));
            assertThat(taken).hasSize(9);
            assertThat(map.get("k")).isEqualTo("new");
        }
    }

    @Test
    void itemForWhichTheHeapHasNoRoom_isDeliveredAsItsBytes() {
        try (HazelcastClient failing = failingWith(new OutOfMemoryError("no room for this one"))) {
            addNineReadableAndTwoForeignItems();
            List<Object> taken = new ArrayList<>();
            SerializationException error =
                    carriedOut(() -> failing.getQueue(name).blocking().drainTo(taken));

            assertThat(taken).hasSize(9);
            assertThat(error).hasMessageContaining("2 of 11 items").hasMessageContaining("the heap has no room");
            assertThat(error.rawResults())
                    .extracting(UnreadableResultsIT::read)
                    .containsExactly(new Foreign("x"), new Foreign("y"));
        }
    }
}
