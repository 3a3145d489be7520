// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.listener;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.filbert.error.SerializationException;
import io.filbert.internal.blocking.NotYet;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.codec.TopicAddMessageListenerCodec;
import io.filbert.internal.protocol.codec.TopicRemoveMessageListenerCodec;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.LogLines;
import io.filbert.internal.runtime.RareLog;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventPipeTest {

    private static final int SIZE = 24; // of an event: a frame with the fixed part of a message

    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();
    private Runnable whenTold = () -> {};
    private Runnable whenDecoded = () -> {};
    private @Nullable Error executorFailure;

    private final Subscription subscription = new Subscription(
            "listener of a test",
            TopicAddMessageListenerCodec.REQUEST,
            () -> new byte[0],
            response -> new UUID(0, 0),
            TopicRemoveMessageListenerCodec.REQUEST,
            id -> new byte[0],
            this::decode,
            this::hearOfGap);

    private Runnable decode(MessageReader message) {
        whenDecoded.run();
        String text = String.valueOf(message.correlationId());
        return () -> {
            whenTold.run();
            heard.add(text);
        };
    }

    /** The next so many events cannot be decoded, those after them can. */
    private void cannotDecode(int number) {
        int[] left = {number};
        whenDecoded = () -> {
            if (left[0]-- > 0) {
                throw new SerializationException("Class acme.Note is not there");
            }
        };
    }

    private void hearOfGap() {
        heard.add("gap");
        whenTold.run();
    }

    private void schedule(Runnable turn) {
        if (executorFailure != null) {
            throw executorFailure;
        }
        turns.add(turn);
    }

    private EventPipe pipe(int maxEvents, long maxBytes) {
        ClientLog log = new ClientLog("test", EventPipe.class);
        return new EventPipe(log, new RareLog(log), subscription, this::schedule, maxEvents, maxBytes);
    }

    /** An event that is told by its number. */
    private static byte[] event(int number) {
        return ByteBuffer.allocate(SIZE)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SIZE)
                .putShort((short) 0)
                .putInt(0)
                .putLong(number)
                .array();
    }

    private void runTurns() {
        for (Runnable turn = turns.poll(); turn != null; turn = turns.poll()) {
            turn.run();
        }
    }

    @Test
    void events_moreThanOneTurn_comeInOrder() {
        EventPipe pipe = pipe(1_000, 1 << 20);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            pipe.add(event(i));
            expected.add(String.valueOf(i));
        }

        assertThat(turns).as("one turn at a time").hasSize(1);
        runTurns();
        assertThat(heard).isEqualTo(expected);
    }

    @Test
    void tooMany_newestAreDroppedAndCounted_andTheGapIsToldInTheirPlace() {
        EventPipe pipe = pipe(2, 1 << 20);
        for (int i = 0; i < 5; i++) {
            pipe.add(event(i));
        }
        runTurns();
        pipe.add(event(5));
        runTurns();

        assertThat(heard).containsExactly("0", "1", "gap", "5");
        assertThat(pipe.dropped()).isEqualTo(3);
    }

    @Test
    void tooManyBytes_newestAreDropped_butNeverTheOnlyOne() {
        EventPipe pipe = pipe(1_000, SIZE - 1);
        pipe.add(event(0));
        pipe.add(event(1));
        runTurns();

        assertThat(heard).containsExactly("0", "gap");
        assertThat(pipe.dropped()).isEqualTo(1);
    }

    @Test
    void gap_severalInARow_areToldOnce() {
        EventPipe pipe = pipe(1_000, 1 << 20);
        pipe.add(event(0));
        pipe.gap();
        pipe.gap();
        pipe.add(event(1));
        pipe.gap();
        runTurns();

        assertThat(heard).containsExactly("0", "gap", "1", "gap");
    }

    /** Who reads again when told of the loss has read too early: the listener is not registered again yet. */
    @Test
    void gap_whileTheListenerIsBeingToldOfAnother_isToldToo() {
        EventPipe pipe = pipe(1_000, 1 << 20);
        whenTold = () -> {
            whenTold = () -> {};
            pipe.gap();
        };
        pipe.gap();
        runTurns();

        assertThat(heard).containsExactly("gap", "gap");
    }

    @Test
    void eventThatCannotBeReadYet_holdsUpThoseBehindIt() {
        EventPipe pipe = pipe(1_000, 1 << 20);
        CompletableFuture<String> schema = new CompletableFuture<>();
        whenDecoded = () -> {
            throw new NotYet(() -> schema, new byte[0]);
        };
        pipe.add(event(0));
        pipe.add(event(1));
        runTurns();
        assertThat(heard).isEmpty();

        whenDecoded = () -> {};
        schema.complete("here");
        runTurns();
        assertThat(heard).containsExactly("0", "1");
    }

    @Test
    void eventThatCanNeverBeRead_isAGap() {
        EventPipe pipe = pipe(1_000, 1 << 20);
        CompletableFuture<String> schema = new CompletableFuture<>();
        whenDecoded = () -> {
            throw new NotYet(() -> schema, new byte[0]);
        };
        pipe.add(event(0));
        pipe.add(event(1));
        runTurns();

        whenDecoded = () -> {};
        schema.completeExceptionally(new IllegalStateException("nobody has it"));
        runTurns();
        assertThat(heard).containsExactly("gap", "1");
        assertThat(pipe.dropped()).isEqualTo(1);
    }

    /** They used to be blamed on the listener, and neither counted nor notified (a queue, map or topic with objects of a missing class). */
    @Test
    void eventsThatCannotBeDecoded_areCounted_andAreOneGap() {
        EventPipe pipe = pipe(1_000, 1 << 20);
        cannotDecode(2);
        pipe.add(event(0));
        pipe.add(event(1));
        pipe.add(event(2));
        runTurns();

        assertThat(heard).containsExactly("gap", "2");
        assertThat(pipe.dropped()).isEqualTo(2);
    }

    @Test
    void lastEventThatCannotBeDecoded_isAGapAtOnce() {
        EventPipe pipe = pipe(1_000, 1 << 20);
        pipe.add(event(0));
        runTurns();
        cannotDecode(1);
        pipe.add(event(1));
        runTurns();

        assertThat(heard).containsExactly("0", "gap");
        assertThat(pipe.dropped()).isEqualTo(1);
    }

    @Test
    void eventThatCannotBeDecoded_isLoggedWithTheReason_notAsAFailureOfTheListener() {
        EventPipe pipe = pipe(1_000, 1 << 20);
        cannotDecode(1);
        pipe.add(event(0));
        List<String> lines = LogLines.of(EventPipe.class, this::runTurns);

        assertThat(lines)
                .singleElement(as(STRING))
                .contains(
                        "An event of the listener of a test cannot be decoded and is dropped: Class acme.Note is not there");
    }

    @Test
    void gapBeforeAnEventThatHasToWait_isNotifiedAtOnce() {
        EventPipe pipe = pipe(1_000, 1 << 20);
        whenDecoded = () -> {
            throw new NotYet(CompletableFuture::new, new byte[0]);
        };
        pipe.gap();
        pipe.add(event(0));
        runTurns();

        assertThat(heard).containsExactly("gap");
    }

    @Test
    void close_whileAnEventIsDecoded_theListenerIsNotCalled() {
        EventPipe pipe = pipe(1_000, 1 << 20);
        whenDecoded = pipe::close;
        pipe.add(event(0));
        runTurns();

        assertThat(heard).isEmpty();
    }

    @Test
    void executorThatFailsOnce_theNextEventComesWithThoseBeforeIt() {
        EventPipe pipe = pipe(1_000, 1 << 20);
        executorFailure = new OutOfMemoryError("unable to create native thread");
        pipe.add(event(0));
        executorFailure = null;
        pipe.add(event(1));
        runTurns();

        assertThat(heard).containsExactly("0", "1");
    }

    @Test
    void listenerThatThrows_hearsTheNextEvent() {
        EventPipe pipe = pipe(1_000, 1 << 20);
        whenTold = () -> {
            whenTold = () -> {};
            throw new IllegalStateException("on purpose");
        };
        pipe.add(event(0));
        pipe.add(event(1));
        runTurns();

        assertThat(heard).containsExactly("1");
    }

    @Test
    void close_nothingIsToldAfterwards() {
        EventPipe pipe = pipe(1_000, 1 << 20);
        pipe.add(event(0));
        pipe.close();
        pipe.add(event(1));
        pipe.gap();
        runTurns();

        assertThat(heard).isEmpty();
    }

    /** Guards against a pipe that takes itself for scheduled for ever. */
    @Test
    void schemaCannotBeAskedFor_eventIsDroppedWithAGap_andTheNextComes() {
        EventPipe pipe = pipe(1_000, 1 << 20);
        int[] asked = {0};
        whenDecoded = () -> {
            if (asked[0]++ == 0) {
                throw new NotYet(
                        () -> {
                            throw new InternalError("of a test");
                        },
                        new byte[0]);
            }
        };
        pipe.add(event(1));
        pipe.add(event(2));
        try {
            runTurns();
        } catch (InternalError e) {
            runTurns();
        }
        pipe.add(event(3));
        runTurns();

        assertThat(heard).containsExactly("gap", "2", "3");
        assertThat(pipe.dropped()).isEqualTo(1);
    }
}
