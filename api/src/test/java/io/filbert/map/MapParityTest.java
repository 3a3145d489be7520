// SPDX-License-Identifier: Apache-2.0
package io.filbert.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.cluster.BlockingDistributedObject;
import io.filbert.cluster.DistributedObject;
import io.filbert.parity.Parity;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each method of {@link DistributedMap} has its twin in {@link BlockingDistributedMap}. */
class MapParityTest {

    private static final Parity PARITY = Parity.between(DistributedMap.class, BlockingDistributedMap.class);

    /** Methods of the asynchronous map that deviate on purpose, each with the reason. */
    private static final Map<String, String> EXCEPTIONS = Map.ofEntries(
            Map.entry("keySet()", "the JDK demands a live view under this name; the snapshot is async().keySet()"),
            Map.entry("values()", "as keySet()"),
            Map.entry("entrySet()", "as keySet()"),
            Map.entry("compute(Object,BiFunction)", "the function runs in the caller's own thread"),
            Map.entry("compute(Object,BiFunction,Expiry)", "as compute"),
            Map.entry("computeKeepingExpiry(Object,BiFunction)", "as compute"),
            Map.entry("computeIfPresent(Object,BiFunction)", "as compute"),
            Map.entry("computeIfAbsent(Object,Function)", "as compute"),
            Map.entry("merge(Object,Object,BiFunction)", "as compute"),
            Map.entry("replaceAll(BiFunction)", "as compute"),
            Map.entry("forEachEntry(BiConsumer)", "ConcurrentMap.forEach does it, in the caller's own thread"),
            Map.entry("forEachKey(Consumer)", "keySet().forEach does it, in the caller's own thread"),
            Map.entry("forEachEntryBatch(int,Function)", "entries(batchSize) does it, at the pace of the caller"),
            Map.entry("forEachKeyBatch(int,Function)", "keys(batchSize) does it, at the pace of the caller"),
            Map.entry("blocking()", "leads here; async() leads back"));

    @Test
    void everyMethod_hasItsBlockingTwin() throws ReflectiveOperationException {
        assertThat(PARITY.deviationsBesides(EXCEPTIONS)).isEmpty();
    }

    @Test
    void everyMethodOfAllObjects_hasItsBlockingTwin() throws ReflectiveOperationException {
        assertThat(Parity.between(DistributedObject.class, BlockingDistributedObject.class)
                        .deviationsBesides(Map.of("blocking()", "leads here; async() leads back")))
                .isEmpty();
    }

    @Test
    void namesOfTheJdk_standForTheSeedsNames() throws ReflectiveOperationException {
        assertThat(PARITY.deviation(
                        BlockingDistributedMap.class.getMethod("remove", Object.class, Object.class),
                        DistributedMap.class.getMethod("removeIfSame", Object.class, Object.class)))
                .isNull();
        assertThat(PARITY.deviation(
                        BlockingDistributedMap.class.getMethod("replace", Object.class, Object.class, Object.class),
                        DistributedMap.class.getMethod("replaceIfSame", Object.class, Object.class, Object.class)))
                .isNull();
    }
}
