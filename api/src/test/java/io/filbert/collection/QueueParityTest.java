// SPDX-License-Identifier: Apache-2.0
package io.filbert.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.parity.Parity;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueParityTest {

    @Test
    void everyMethod_hasItsBlockingTwin() throws ReflectiveOperationException {
        assertThat(Parity.between(DistributedQueue.class, BlockingDistributedQueue.class)
                        .deviationsBesides(Map.ofEntries(
                                Map.entry("blocking()", "leads here; async() leads back"),
                                Map.entry(
                                        "offer(Object,Duration)",
                                        "the JDK has it with a TimeUnit; the view waits in slices"),
                                Map.entry("poll(Duration)", "as offer"),
                                Map.entry("put(Object)", "as offer"),
                                Map.entry("take()", "as offer"),
                                Map.entry("containsAll(Collection)", "the JDK has it with a Collection<?>"),
                                Map.entry("removeAll(Collection)", "as containsAll"),
                                Map.entry("retainAll(Collection)", "as containsAll"),
                                Map.entry("iterator()", "the JDK demands an Iterator; this one removes, too"))))
                .isEmpty();
    }
}
