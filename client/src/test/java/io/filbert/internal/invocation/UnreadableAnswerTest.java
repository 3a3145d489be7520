// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.error.HazelcastException;
import io.filbert.internal.protocol.MessageTooLongException;
import io.filbert.internal.protocol.codec.MapSizeCodec;
import org.junit.jupiter.api.Test;

class UnreadableAnswerTest {

    /** Guards against an error that calls an answer too large which is too large only together with others: the reason is in its own words. */
    @Test
    void tooLong_saysWhichLimitItExceeds_inTheWordsOfTheReason() {
        byte[] message = MapSizeCodec.encodeRequest("m");
        MessageTooLongException reason = MessageTooLongException.overLimit(message, 0, message.length, 4_000, 1_000);

        HazelcastException error = UnreadableAnswer.tooLong("Map.size on map 'm'", reason);

        assertThat(error)
                .hasMessageStartingWith("Map.size on map 'm': ")
                .hasMessageContaining(reason.getMessage())
                .hasMessageContaining("raise maxMessageBytes");
        assertThat(error.wasCarriedOut()).isTrue();
    }
}
