// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {

    private static final int CAPACITY = 4;

    private final OutboundQueue queue = new OutboundQueue(CAPACITY);

    private static byte[] message(int number) {
        return new byte[] {(byte) number};
    }

    private void addAll(int from, int to) {
        for (int i = from; i < to; i++) {
            queue.add(message(i));
        }
    }

    private List<Integer> takeAll() {
        List<Integer> taken = new ArrayList<>();
        byte @Nullable [] next;
        while ((next = queue.poll()) != null) {
            taken.add((int) next[0]);
        }
        return taken;
    }

    @Test
    void poll_empty_returnsNull() {
        assertThat(queue.poll()).isNull();
        assertThat(queue.hasNext()).isFalse();
        assertThat(queue.size()).isZero();
    }

    @Test
    void poll_fewerThanCapacity_comesInOrder() {
        addAll(0, 3);

        assertThat(queue.size()).isEqualTo(3);
        assertThat(queue.hasNext()).isTrue();
        assertThat(takeAll()).containsExactly(0, 1, 2);
        assertThat(queue.hasNext()).isFalse();
        assertThat(queue.size()).isZero();
    }

    @Test
    void poll_moreThanCapacity_comesInOrderAllTheSame() {
        addAll(0, 3 * CAPACITY);

        assertThat(queue.size()).isEqualTo(3 * CAPACITY);
        assertThat(takeAll()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(queue.hasNext()).isFalse();
    }

    @Test
    void add_whileOverflowIsInUse_goesBehindIt() {
        addAll(0, CAPACITY + 2);
        assertThat(queue.poll()).containsExactly(0);
        // The ring has room again, but what is in the overflow is older.
        addAll(CAPACITY + 2, CAPACITY + 4);

        assertThat(takeAll()).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void add_afterOverflowWasEmptied_usesTheRingAgain() {
        for (int round = 0; round < 20; round++) {
            addAll(0, CAPACITY + 3);
            assertThat(takeAll()).containsExactly(0, 1, 2, 3, 4, 5, 6);
        }
    }

    @Test
    void hasNext_onlyOverflowLeft_isTrue() {
        addAll(0, CAPACITY + 1);
        for (int i = 0; i < CAPACITY; i++) {
            queue.poll();
        }

        assertThat(queue.hasNext()).isTrue();
        assertThat(queue.poll()).containsExactly(CAPACITY);
        assertThat(queue.hasNext()).isFalse();
    }

    @Test
    void constructor_capacityNoPowerOfTwo_isRefused() {
        assertThatThrownBy(() -> new OutboundQueue(6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6");
    }
}
