// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import static io.filbert.internal.transport.WireBytes.concat;
import static io.filbert.internal.transport.WireBytes.fragment;
import static io.filbert.internal.transport.WireBytes.frame;
import static io.filbert.internal.transport.WireBytes.framed;
import static io.filbert.internal.transport.WireBytes.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageTooLongException;
import io.filbert.internal.protocol.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboundBufferTest {

    private static final int LIMIT = 128 * 1024;
    private static final int KIBI = 1024;

    /** Copies what it is given. */
    private static final class Collector implements ChannelHandler {
        final List<byte[]> messages = new ArrayList<>();
        final List<MessageTooLongException> tooLong = new ArrayList<>();
        boolean skips = true;

        @Override
        public void onConnected() {}

        @Override
        public boolean onTooLong(MessageTooLongException message) {
            tooLong.add(message);
            return skips;
        }

        @Override
        public void onMessage(byte[] buffer, int offset, int limit) {
            messages.add(Arrays.copyOfRange(buffer, offset, limit));
        }

        @Override
        public void onClosed(String reason, @Nullable Throwable cause, List<byte[]> unsent) {}
    }

    /** Gives out its bytes in portions, then nothing, or the end of the stream. */
    private static final class Source implements ReadableByteChannel {
        private final ByteBuffer bytes;
        private final IntSupplier portion;

        Source(byte[] bytes, IntSupplier portion) {
            this.bytes = ByteBuffer.wrap(bytes);
            this.portion = portion;
        }

        @Override
        public int read(ByteBuffer target) {
            if (!bytes.hasRemaining()) {
                return -1;
            }
            int count = Math.min(Math.min(portion.getAsInt(), bytes.remaining()), target.remaining());
            target.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private final Collector collector = new Collector();

    private List<byte[]> receive(InboundBuffer buffer, byte[] stream, IntSupplier portion) throws IOException {
        Source source = new Source(stream, portion);
        while (buffer.readFrom(source) >= 0) {
            buffer.drainTo(collector);
        }
        return collector.messages;
    }

    private List<byte[]> receive(byte[] stream, IntSupplier portion) throws IOException {
        return receive(new InboundBuffer(LIMIT), stream, portion);
    }

    // ---- splits

    @Test
    void drainTo_oneByteAtATime_deliversEachMessageOnce() throws IOException {
        byte[] first = message(1, 40);
        byte[] second = framed(2, 5, 20);

        assertThat(receive(concat(first, second), () -> 1)).containsExactly(first, second);
    }

    @Test
    void drainTo_severalMessagesInOneRead_deliversAll() throws IOException {
        byte[] first = message(1, 40);
        byte[] second = message(2, 22);
        byte[] third = framed(3, 3, 30);

        assertThat(receive(concat(first, second, third), () -> Integer.MAX_VALUE))
                .containsExactly(first, second, third);
    }

    @Test
    void drainTo_messageNotComplete_deliversNothing() throws IOException {
        byte[] whole = framed(1, 3, 30);

        assertThat(receive(Arrays.copyOf(whole, whole.length - 1), () -> Integer.MAX_VALUE))
                .isEmpty();
    }

    @Test
    void drainTo_randomMessagesInRandomPortions_deliversThemUnchanged() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            collector.messages.clear();
            List<byte[]> sent = new ArrayList<>();
            for (int i = random.nextInt(60); i >= 0; i--) {
                int kind = random.nextInt(20);
                if (kind == 0) {
                    sent.add(message(i, WireBytes.SMALLEST + random.nextInt(LIMIT - WireBytes.SMALLEST)));
                } else if (kind < 5) {
                    sent.add(framed(i, 1 + random.nextInt(20), random.nextInt(500)));
                } else {
                    sent.add(message(i, WireBytes.SMALLEST + random.nextInt(300)));
                }
            }
            int largest = 1 << random.nextInt(19);

            List<byte[]> received = receive(concat(sent.toArray(new byte[0][])), () -> 1 + random.nextInt(largest));

            assertThat(received)
                    .as("round %s of seed %s, portions up to %s", round, seed, largest)
                    .containsExactlyElementsOf(sent);
        }
    }

    @Test
    void drainTo_saysWhetherSomethingWasWhole() throws IOException {
        byte[] whole = message(1, 40);
        Source source = new Source(concat(whole, whole), () -> 30);
        InboundBuffer buffer = new InboundBuffer(LIMIT);

        List<Boolean> answers = new ArrayList<>();
        while (buffer.readFrom(source) >= 0) {
            answers.add(buffer.drainTo(collector));
        }

        assertThat(answers).containsExactly(false, true, true);
    }

    @Test
    void unfinished_tellsHowMuchIsMissing_andWhatIsInside() throws IOException {
        byte[] whole = message(1, 4_000);
        byte[] inside = Arrays.copyOfRange(whole, 1_000, 1_012);
        Arrays.fill(inside, (byte) 77);
        System.arraycopy(inside, 0, whole, 1_000, inside.length);
        InboundBuffer buffer = new InboundBuffer(LIMIT);
        Source source = new Source(Arrays.copyOf(whole, 1_012), () -> Integer.MAX_VALUE);

        assertThat(buffer.unfinished(inside)).isEqualTo(new UnfinishedMessage(0, 0, false, false));
        buffer.readFrom(source);
        assertThat(buffer.drainTo(collector)).isFalse();

        assertThat(buffer.unfinished(inside)).isEqualTo(new UnfinishedMessage(1_012, 4_000, true, false));
        inside[11]++;
        assertThat(buffer.unfinished(inside)).isEqualTo(new UnfinishedMessage(1_012, 4_000, false, false));
    }

    // ---- the array

    @ParameterizedTest
    @ValueSource(ints = {64 * KIBI - 1, 64 * KIBI, 64 * KIBI + 1, 100 * KIBI, LIMIT})
    void drainTo_messageOfAnySizeUpToTheLimit_isDelivered(int size) throws IOException {
        byte[] large = message(1, size);
        byte[] small = message(2, 30);

        assertThat(receive(concat(large, small), () -> 10_000)).containsExactly(large, small);
    }

    @Test
    void drainTo_largeMessagesBackToBack_areWithinTheLimitEach() throws IOException {
        // The array reaches its largest size with the next message somewhere in its middle.
        byte[] first = message(1, 100);
        byte[] second = message(2, 65_500);
        byte[] third = message(3, 90_000);
        byte[] fourth = message(4, 131_000);

        assertThat(receive(concat(first, second, third, fourth), () -> Integer.MAX_VALUE))
                .containsExactly(first, second, third, fourth);
    }

    @Test
    void readFrom_afterAVeryLargeMessage_offersASmallArrayAgain() throws IOException {
        InboundBuffer buffer = new InboundBuffer(8 << 20);
        receive(buffer, message(1, 3 << 20), () -> Integer.MAX_VALUE);

        assertThat(buffer.readFrom(new Source(new byte[4 << 20], () -> Integer.MAX_VALUE)))
                .as("room of the array")
                .isEqualTo(64 * KIBI);
    }

    @Test
    void readFrom_afterAMessageOfModerateSize_keepsTheArray() throws IOException {
        InboundBuffer buffer = new InboundBuffer(8 << 20);
        receive(buffer, message(1, 300 * KIBI), () -> Integer.MAX_VALUE);

        Source source = new Source(new byte[4 << 20], () -> Integer.MAX_VALUE);
        for (int room = 512 * KIBI; room > 0; room -= 128 * KIBI) {
            assertThat(buffer.readFrom(source)).isEqualTo(128 * KIBI);
            assertThat(buffer.isFull()).isTrue();
        }
    }

    @Test
    void drainTo_limitNearTheLargestInteger_doesNotOverflow() throws IOException {
        byte[] large = message(1, 200 * KIBI);

        assertThat(receive(new InboundBuffer(Integer.MAX_VALUE - 8), large, () -> Integer.MAX_VALUE))
                .containsExactly(large);
    }

    @Test
    void isFull_asMuchAsTheArrayHolds_isTrue() throws IOException {
        InboundBuffer buffer = new InboundBuffer(LIMIT);
        Source source = new Source(message(1, 100 * KIBI), () -> Integer.MAX_VALUE);

        buffer.readFrom(source);
        assertThat(buffer.isFull()).isTrue();
        buffer.drainTo(collector);
        buffer.readFrom(source);
        assertThat(buffer.isFull()).isFalse();
    }

    // ---- what is not a message

    @Test
    void drainTo_longerThanTheLimit_isRefusedBeforeItsBytesArrive() throws IOException {
        InboundBuffer buffer = new InboundBuffer(LIMIT);
        byte[] start = Arrays.copyOf(message(1, LIMIT + 1), 100);

        assertThatThrownBy(() -> receive(buffer, start, () -> Integer.MAX_VALUE))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(String.valueOf(LIMIT));
    }

    @Test
    void drainTo_manyFramesLongerThanTheLimitTogether_handlerDoesNotSkip_isRefused() {
        collector.skips = false;
        byte[] endless = framed(1, 10_000, 16);

        assertThatThrownBy(() -> receive(endless, () -> 1000)).isInstanceOf(ProtocolException.class);
        assertThat(collector.messages).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 5, Integer.MIN_VALUE})
    void drainTo_impossibleFrameLength_isRefused(int length) {
        byte[] corrupt = message(1, 30);
        ByteBuffer.wrap(corrupt).order(ByteOrder.LITTLE_ENDIAN).putInt(0, length);

        assertThatThrownBy(() -> receive(corrupt, () -> Integer.MAX_VALUE)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void drainTo_wrongEndpoint_saysSo(int portion) {
        byte[] answer = "HZX".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> receive(answer, () -> portion))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("HZX")
                .hasMessageContaining("client port");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void drainTo_http_saysSo(int portion) {
        byte[] answer = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> receive(answer, () -> portion))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("HTTP")
                .hasMessageContaining("client port");
    }

    /** A fatal alert, as members with TLS answer what is not TLS, of each version. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void drainTo_tls_saysSo(int minor) {
        byte[] answer = {21, 3, (byte) minor, 0, 2, 2, 10};

        assertThatThrownBy(() -> receive(answer, () -> 2))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("speaks TLS")
                .hasMessageContaining("tls(...)");
    }

    @Test
    void drainTo_sameLettersInALaterMessage_areNoPreamble() throws IOException {
        byte[] first = message(1, 30);
        // A first frame of 0x585A48 bytes would be "HZX"; here the letters are content.
        byte[] second = frame(
                MessageHeader.UNFRAGMENTED | MessageHeader.FINAL,
                "HZX and HTTP are just letters".getBytes(StandardCharsets.US_ASCII));

        assertThat(receive(concat(first, second), () -> 7)).containsExactly(first, second);
    }

    @Test
    void drainTo_handlerThrows_goesOnBehindTheMessage() throws IOException {
        InboundBuffer buffer = new InboundBuffer(LIMIT);
        byte[] first = message(1, 30);
        byte[] second = message(2, 30);
        buffer.readFrom(new Source(concat(first, second), () -> Integer.MAX_VALUE));
        ChannelHandler failing = new ChannelHandler() {
            @Override
            public void onConnected() {}

            @Override
            public void onMessage(byte[] array, int offset, int limit) {
                throw new IllegalStateException("no");
            }

            @Override
            public boolean onTooLong(MessageTooLongException message) {
                return false;
            }

            @Override
            public void onClosed(String reason, @Nullable Throwable cause, List<byte[]> unsent) {}
        };
        assertThatThrownBy(() -> buffer.drainTo(failing)).isInstanceOf(IllegalStateException.class);

        buffer.drainTo(collector);

        assertThat(collector.messages).containsExactly(second);
    }

    // ---- messages that are skipped

    /** A message of a small first frame and some large ones. */
    private static byte[] large(int number, int frames, int contentBytes) {
        byte[][] parts = new byte[frames + 1][];
        byte[] head = new byte[20];
        ByteBuffer.wrap(head).putInt(number);
        parts[0] = frame(MessageHeader.UNFRAGMENTED, head);
        for (int i = 1; i <= frames; i++) {
            parts[i] = frame(i == frames ? MessageHeader.FINAL : 0, new byte[contentBytes]);
        }
        return concat(parts);
    }

    /** Guards against an answer over maxMessageBytes closing the connection, for all calls on it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1000, Integer.MAX_VALUE})
    void drainTo_longerThanTheLimit_isReportedOnce_andThoseAroundItAreDelivered(int portion) throws IOException {
        byte[] first = message(1, 40);
        byte[] tooLong = framed(2, 10_000, 16);
        byte[] last = framed(3, 3, 30);

        assertThat(receive(concat(first, tooLong, last), () -> portion)).containsExactly(first, last);
        assertThat(collector.tooLong).singleElement().satisfies(reported -> {
            assertThat(reported.correlationId()).isEqualTo(MessageHeader.correlationId(tooLong, 0));
            assertThat(reported.messageType()).isEqualTo(MessageHeader.messageType(tooLong, 0));
            assertThat(reported.atLeastBytes()).isBetween((long) LIMIT, (long) tooLong.length);
            assertThat(reported.isOverHeap()).isFalse();
            assertThat(reported).hasMessageContaining("maxMessageBytes").hasMessageContaining(String.valueOf(LIMIT));
        });
    }

    @Test
    void drainTo_frameLongerThanTheLimit_isReportedBeforeItsBytesArrive() throws IOException {
        byte[] tooLong =
                concat(frame(MessageHeader.UNFRAGMENTED, new byte[20]), frame(MessageHeader.FINAL, new byte[LIMIT]));

        assertThat(receive(Arrays.copyOf(tooLong, 40), () -> Integer.MAX_VALUE)).isEmpty();
        assertThat(collector.tooLong)
                .singleElement()
                .satisfies(reported -> assertThat(reported.atLeastBytes()).isEqualTo(tooLong.length));
    }

    @Test
    void drainTo_someOfRandomMessagesTooLong_inRandomPortions_deliversTheOthers() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            collector.messages.clear();
            collector.tooLong.clear();
            List<byte[]> sent = new ArrayList<>();
            List<byte[]> fitting = new ArrayList<>();
            for (int i = random.nextInt(30); i >= 0; i--) {
                byte[] message = random.nextInt(5) == 0
                        ? large(i, 1 + random.nextInt(20), LIMIT / 4 + random.nextInt(LIMIT))
                        : framed(i, 1 + random.nextInt(20), random.nextInt(500));
                sent.add(message);
                if (message.length <= LIMIT) {
                    fitting.add(message);
                }
            }
            int largest = 1 << random.nextInt(22);

            List<byte[]> received = receive(concat(sent.toArray(new byte[0][])), () -> 1 + random.nextInt(largest));

            assertThat(received)
                    .as("round %s of seed %s, portions up to %s", round, seed, largest)
                    .containsExactlyElementsOf(fitting);
            assertThat(collector.tooLong).hasSize(sent.size() - fitting.size());
        }
    }

    /** Guards against an answer that the heap cannot hold closing the connection, being asked for again, closing the next one … */
    @ParameterizedTest
    @ValueSource(ints = {1000, 65_536, Integer.MAX_VALUE})
    void readFrom_noMemoryForTheMessage_isReportedOnce_skipped_andTheArrayIsSmallAgain(int portion) throws IOException {
        InboundBuffer buffer = new InboundBuffer(64 << 20, size -> {
            if (size > 2 << 20) {
                throw new OutOfMemoryError("Java heap space");
            }
            return new byte[size];
        });
        byte[] tooLong = large(1, 4, 1 << 20);
        byte[] last = framed(2, 3, 100);

        assertThat(receive(buffer, concat(tooLong, last), () -> portion)).containsExactly(last);
        assertThat(collector.tooLong).singleElement().satisfies(reported -> {
            assertThat(reported.correlationId()).isEqualTo(MessageHeader.correlationId(tooLong, 0));
            assertThat(reported.isOverHeap()).isTrue();
            assertThat(reported).hasMessageContaining("heap").hasCauseInstanceOf(OutOfMemoryError.class);
        });
        assertThat(buffer.readFrom(new Source(new byte[4 << 20], () -> Integer.MAX_VALUE)))
                .as("room of the array")
                .isEqualTo(64 * KIBI);
    }

    /** A length that was changed on the way would else swallow message after message. */
    @Test
    void drainTo_anotherMessageBeginsInsideOfASkippedOne_isRefused() {
        byte[] endless = framed(1, 10_000, 16);
        byte[] unfinished = Arrays.copyOf(endless, 9_000 * 22);

        assertThatThrownBy(() -> receive(concat(unfinished, framed(2, 2, 16)), () -> 1000))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("another message begins");
        assertThat(collector.messages).isEmpty();
    }

    @Test
    void unfinished_messageIsSkipped_saysSo() throws IOException {
        InboundBuffer buffer = new InboundBuffer(LIMIT);
        Source source = new Source(Arrays.copyOf(large(1, 2, LIMIT), LIMIT + 200), () -> Integer.MAX_VALUE);
        while (buffer.readFrom(source) > 0) {
            buffer.drainTo(collector);
        }

        UnfinishedMessage unfinished = buffer.unfinished(new byte[] {1});
        assertThat(unfinished.skipped()).isTrue();
        assertThat(unfinished.bytes()).isEqualTo(LIMIT + 200);
        assertThat(unfinished.announced()).isEqualTo(26 + 2L * (LIMIT + 6));
    }

    /** The JDK keeps a buffer as large as the largest room that a read was offered, outside of the heap. */
    @Test
    void readFrom_largeArray_offersTheSocketNoMoreThanItMayHave() throws IOException {
        List<Integer> offered = new ArrayList<>();
        InboundBuffer buffer = new InboundBuffer(64 << 20);
        Source source = new Source(framed(1, 20, 1 << 20), () -> Integer.MAX_VALUE);
        ReadableByteChannel watched = new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer target) {
                offered.add(target.remaining());
                return source.read(target);
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        while (buffer.readFrom(watched) >= 0) {
            buffer.drainTo(collector);
        }

        assertThat(collector.messages).hasSize(1);
        assertThat(offered).allSatisfy(room -> assertThat(room).isLessThanOrEqualTo(128 * KIBI));
    }

    // ---- fragments

    @Test
    void drainTo_fragmentsOfTwoMessagesMixed_arePutTogether() throws IOException {
        byte[] a1 = frame(MessageHeader.UNFRAGMENTED | MessageHeader.FINAL, new byte[] {1, 1, 1, 1});
        byte[] a2 = frame(MessageHeader.FINAL, new byte[] {1, 2});
        byte[] b1 = frame(MessageHeader.UNFRAGMENTED | MessageHeader.FINAL, new byte[] {2, 1});
        byte[] b2 = frame(MessageHeader.FINAL, new byte[] {2, 2, 2});
        byte[] b3 = frame(MessageHeader.FINAL, new byte[] {2, 3, 3, 3});
        byte[] plain = message(3, 40);

        byte[] stream = concat(
                fragment(MessageHeader.BEGIN_FRAGMENT, 7, a1),
                fragment(MessageHeader.BEGIN_FRAGMENT, 8, b1),
                plain,
                fragment(0, 8, b2),
                fragment(MessageHeader.END_FRAGMENT, 7, a2),
                fragment(MessageHeader.END_FRAGMENT, 8, b3));

        assertThat(receive(stream, () -> 5)).containsExactly(plain, concat(a1, a2), concat(b1, b2, b3));
    }

    @Test
    void drainTo_fragmentWithoutBeginning_isRefused() {
        byte[] stream = fragment(0, 7, frame(MessageHeader.FINAL, new byte[] {1}));

        assertThatThrownBy(() -> receive(stream, () -> Integer.MAX_VALUE)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void drainTo_fragmentsTooLongTogether_areReportedOnce_andThoseOfOthersArePutTogether() throws IOException {
        byte[] a1 = frame(MessageHeader.UNFRAGMENTED | MessageHeader.FINAL, new byte[100_000]);
        byte[] a2 = frame(MessageHeader.FINAL, new byte[100_000]);
        byte[] b1 = frame(MessageHeader.UNFRAGMENTED | MessageHeader.FINAL, new byte[] {2, 1});
        byte[] b2 = frame(MessageHeader.FINAL, new byte[] {2, 2, 2});

        byte[] stream = concat(
                fragment(MessageHeader.BEGIN_FRAGMENT, 7, a1),
                fragment(0, 7, a2),
                fragment(MessageHeader.BEGIN_FRAGMENT, 8, b1),
                fragment(0, 7, a2),
                fragment(MessageHeader.END_FRAGMENT, 7, a2),
                fragment(MessageHeader.END_FRAGMENT, 8, b2),
                // The number is free again.
                fragment(MessageHeader.BEGIN_FRAGMENT, 7, b1),
                fragment(MessageHeader.END_FRAGMENT, 7, b2));

        assertThat(receive(stream, () -> 5_000)).containsExactly(concat(b1, b2), concat(b1, b2));
        assertThat(collector.tooLong).singleElement().satisfies(reported -> {
            assertThat(reported.correlationId()).isEqualTo(MessageHeader.correlationId(a1, 0));
            assertThat(reported.isFragment()).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void drainTo_oneFragmentTooLong_isReported_andItsMessageIsDropped(boolean first) throws IOException {
        byte[] head = frame(MessageHeader.UNFRAGMENTED, new byte[20]);
        byte[] large = concat(frame(0, new byte[100_000]), frame(MessageHeader.FINAL, new byte[100_000]));
        byte[] tail = frame(MessageHeader.FINAL, new byte[10]);
        byte[] next = message(3, 40);
        byte[] whole = frame(MessageHeader.UNFRAGMENTED | MessageHeader.FINAL, new byte[20]);

        byte[] stream = first
                ? concat(
                        fragment(MessageHeader.BEGIN_FRAGMENT, 7, concat(head, large)),
                        fragment(MessageHeader.END_FRAGMENT, 7, tail),
                        next)
                : concat(
                        fragment(MessageHeader.BEGIN_FRAGMENT, 7, whole),
                        fragment(MessageHeader.END_FRAGMENT, 7, large),
                        next);

        assertThat(receive(stream, () -> 3_000)).containsExactly(next);
        assertThat(collector.tooLong)
                .singleElement()
                .satisfies(reported -> assertThat(reported.isFragment()).isFalse());
    }
}
