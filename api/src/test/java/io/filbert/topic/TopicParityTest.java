// SPDX-License-Identifier: Apache-2.0
package io.filbert.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.parity.Parity;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicParityTest {

    @Test
    void everyMethod_hasItsBlockingTwin() throws ReflectiveOperationException {
        assertThat(Parity.between(Topic.class, BlockingTopic.class)
                        .deviationsBesides(Map.of("blocking()", "leads here; async() leads back")))
                .isEmpty();
    }
}
