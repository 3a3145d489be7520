// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import static io.filbert.internal.transport.WireBytes.concat;
import static io.filbert.internal.transport.WireBytes.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboundBufferTest {

    /** Takes as many bytes as it was told to, and fails if it was told so. */
    private static final class Sink implements Link {
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        int room = Integer.MAX_VALUE;
        int writes;
        boolean broken;

        @Override
        public boolean write(ByteBuffer source) throws IOException {
            if (broken) {
                throw new IOException("broken pipe");
            }
            writes++;
            byte[] bytes = new byte[Math.min(room, source.remaining())];
            source.get(bytes);
            taken.writeBytes(bytes);
            room -= bytes.length;
            return !source.hasRemaining();
        }

        @Override
        public Opening open() {
            return Opening.DONE;
        }

        @Override
        public Runnable task() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer target) {
            return -1;
        }

        @Override
        public boolean mayHoldMore() {
            return false;
        }

        @Override
        public boolean readNeedsRoom() {
            return false;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private final OutboundQueue queue = new OutboundQueue(16);
    private final OutboundBuffer buffer = new OutboundBuffer();
    private final Sink sink = new Sink();

    @Test
    void takeUnsent_everythingWritten_isNothing() throws IOException {
        queue.add(message(1, 100));
        queue.add(message(2, 200_000));
        while (queue.hasNext() || buffer.hasPending()) {
            boolean ignored = buffer.writeOnce(queue, sink);
        }

        assertThat(buffer.takeUnsent(queue)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "1, 4", "99, 4", "100, 4", "101, 3", "399, 1", "400, 1", "401, 0"})
    void takeUnsent_socketTookSomeBytes_isWhatNoneOfThemBelongsTo(int taken, int unsent) throws IOException {
        for (int i = 0; i < 5; i++) {
            queue.add(message(i, 100));
        }
        sink.room = taken;
        boolean ignored = buffer.writeOnce(queue, sink);

        assertThat(buffer.takeUnsent(queue)).hasSize(unsent).containsExactlyElementsOf(last(unsent));
        assertThat(buffer.takeUnsent(queue)).as("asked again").isEmpty();
    }

    private static List<byte[]> last(int count) {
        return IntStream.range(5 - count, 5).mapToObj(i -> message(i, 100)).toList();
    }

    @Test
    void takeUnsent_messageLargerThanTheBuffer_isSentAsSoonAsItHasBegun() throws IOException {
        queue.add(message(1, 200_000));
        queue.add(message(2, 100));
        sink.room = 70_000;
        while (buffer.writeOnce(queue, sink)) {
            // Until the socket is full.
        }

        assertThat(buffer.takeUnsent(queue)).containsExactly(message(2, 100));
    }

    @Test
    void takeUnsent_writeFailed_isWhatWasNotWrittenBefore() throws IOException {
        queue.add(message(1, 100));
        sink.room = 40;
        boolean ignored = buffer.writeOnce(queue, sink);
        queue.add(message(2, 100));
        queue.add(message(3, 100_000));
        queue.add(message(4, 100));
        sink.broken = true;
        assertThatThrownBy(() -> buffer.writeOnce(queue, sink)).hasMessage("broken pipe");

        assertThat(buffer.takeUnsent(queue)).containsExactly(message(2, 100), message(3, 100_000), message(4, 100));
    }

    @Test
    void writeOnce_manySmallMessages_isOneWrite() throws IOException {
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sent.add(message(i, 30));
            queue.add(sent.get(i));
        }

        assertThat(buffer.writeOnce(queue, sink)).isTrue();

        assertThat(sink.writes).isEqualTo(1);
        assertThat(sink.taken.toByteArray()).isEqualTo(concat(sent.toArray(new byte[0][])));
        assertThat(buffer.hasPending()).isFalse();
        assertThat(buffer.totalWritten()).isEqualTo(3000);
    }

    @Test
    void writeOnce_socketTakesLess_keepsTheRest() throws IOException {
        byte[] first = message(1, 50);
        byte[] second = message(2, 60);
        queue.add(first);
        queue.add(second);
        sink.room = 70;

        assertThat(buffer.writeOnce(queue, sink)).isFalse();
        assertThat(buffer.hasPending()).isTrue();
        assertThat(buffer.totalWritten()).isEqualTo(70);

        sink.room = 1000;
        assertThat(buffer.writeOnce(queue, sink)).isTrue();
        assertThat(sink.taken.toByteArray()).isEqualTo(concat(first, second));
        assertThat(buffer.hasPending()).isFalse();
    }

    @Test
    void writeOnce_messageLargerThanTheBuffer_passesInPieces() throws IOException {
        byte[] large = message(1, 200_000);
        byte[] small = message(2, 30);
        queue.add(large);
        queue.add(small);

        int rounds = 0;
        do {
            assertThat(buffer.writeOnce(queue, sink))
                    .as("the socket took everything")
                    .isTrue();
            rounds++;
        } while (buffer.hasPending() || queue.hasNext());

        assertThat(rounds).isEqualTo(4);
        assertThat(sink.taken.toByteArray()).isEqualTo(concat(large, small));
    }

    @Test
    void writeOnce_nothingQueued_writesNothing() throws IOException {
        assertThat(buffer.writeOnce(queue, sink)).isTrue();

        assertThat(sink.taken.size()).isZero();
        assertThat(buffer.hasPending()).isFalse();
    }

    @Test
    void writeOnce_socketBroken_loosesNothingOfTheCount() throws IOException {
        queue.add(message(1, 50));
        sink.broken = true;

        assertThatThrownBy(() -> buffer.writeOnce(queue, sink)).isInstanceOf(IOException.class);

        assertThat(buffer.totalWritten()).isZero();
    }

    @Test
    void writeOnce_randomMessagesAndRoom_streamIsTheMessagesInOrder() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<byte[]> sent = new ArrayList<>();
        int added = 0;
        sink.room = 0;
        while (added < 2_000 || buffer.hasPending() || queue.hasNext()) {
            for (int i = random.nextInt(30); i > 0 && added < 2_000; i--) {
                int size =
                        WireBytes.SMALLEST + (random.nextInt(50) == 0 ? random.nextInt(150_000) : random.nextInt(200));
                sent.add(message(added++, size));
                queue.add(sent.get(sent.size() - 1));
            }
            sink.room = random.nextInt(40_000);
            buffer.writeOnce(queue, sink);
        }

        byte[] expected = concat(sent.toArray(new byte[0][]));
        assertThat(sink.taken.toByteArray()).as("stream of seed %s", seed).isEqualTo(expected);
        assertThat(buffer.totalWritten()).isEqualTo(expected.length);
    }
}
