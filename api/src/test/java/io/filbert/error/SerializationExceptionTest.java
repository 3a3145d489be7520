// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Guards against calls that were carried out and were reported as if they had had no effect. */
class SerializationExceptionTest {

    private final SerializationException unreadable =
            SerializationException.ofResults("m", null, List.of(new byte[] {1, 2}, new byte[] {3}), List.of("a", "b"));

    @Test
    void ofResults_wasCarriedOut() {
        assertThat(unreadable.wasCarriedOut()).isTrue();
        assertThat(unreadable.isRetryable()).isFalse();
        assertThat(unreadable.isIndeterminate()).isFalse();
    }

    @Test
    void ofAnArgument_wasNotCarriedOut() {
        SerializationException error = new SerializationException("m");

        assertThat(error.wasCarriedOut()).isFalse();
        assertThat(error.rawResult()).isEmpty();
        assertThat(error.rawResults()).isEmpty();
        assertThat(error.readableResults()).isEmpty();
    }

    @Test
    void rawResult_isACopyOfTheFirst() {
        unreadable.rawResult().orElseThrow()[0] = 9;
        unreadable.rawResults().get(0)[0] = 9;

        assertThat(unreadable.rawResult())
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(1, 2));
        assertThat(unreadable.rawResults()).containsExactly(new byte[] {1, 2}, new byte[] {3});
    }

    @Test
    void in_putsTheContextInFrontAndKeepsTheRest() {
        SerializationException named = unreadable.in("queue.poll on queue 'q'");

        assertThat(named).hasMessage("queue.poll on queue 'q': m").hasNoCause();
        assertThat(named.wasCarriedOut()).isTrue();
        assertThat(named.rawResults()).hasSize(2);
        assertThat(named.readableResults()).containsExactly("a", "b");
        assertThat(named.getStackTrace()).isEqualTo(unreadable.getStackTrace());
    }

    @Test
    void copyForCaller_keepsWhatWasRead() {
        assertThat(unreadable.copyForCaller().rawResults()).hasSize(2);
        assertThat(unreadable.copyForCaller().readableResults()).containsExactly("a", "b");
    }

    @Test
    void serializedItself_keepsTheBytes() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(unreadable);
        }
        SerializationException read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (SerializationException) in.readObject();
        }

        assertThat(read.wasCarriedOut()).isTrue();
        assertThat(read.rawResults()).hasSize(2);
        assertThat(read.readableResults()).isEmpty();
    }
}
