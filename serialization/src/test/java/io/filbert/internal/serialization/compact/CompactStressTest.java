// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schema;
import io.filbert.internal.serialization.schema.Schemas;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many threads use a class for the first time at once. */
class CompactStressTest {

    record Leaf(String text) {}

    record Tree(int number, Leaf leaf, List<Leaf> leaves) {}

    @Test
    void firstUse_byManyThreads() throws Exception {
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 200; round++) {
                Schemas schemas = new Schemas();
                Set<Long> published = ConcurrentHashMap.newKeySet();
                List<Schema> known = new ArrayList<>();
                SerializationService service = new SerializationService(
                        ClientConfig.builder()
                                .compactSerializers(new CompactVectorsTest.EmployeeSerializer())
                                .build()
                                .serialization(),
                        schemas,
                        schema -> published.add(schema.id()));
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Future<Data>> results = new ArrayList<>();
                Tree tree = new Tree(round, new Leaf("a"), List.of(new Leaf("b")));
                for (int i = 0; i < threads; i++) {
                    boolean serializer = i % 2 == 0;
                    results.add(executor.submit(() -> {
                        start.await(10, TimeUnit.SECONDS);
                        Object object = serializer ? new CompactVectorsTest.Employee("John", 30) : tree;
                        Data data = requireNonNull(service.toData(object));
                        // Whoever has bytes can rely on the store knowing of their schema.
                        assertThat(published)
                                .contains(ByteBuffer.wrap(data.bytes()).getLong(8));
                        assertThat(service.<Object>toObject(data)).isEqualTo(object);
                        return data;
                    }));
                }
                for (int i = 0; i < threads; i++) {
                    assertThat(results.get(i).get(30, TimeUnit.SECONDS))
                            .isEqualTo(results.get(i % 2).get(30, TimeUnit.SECONDS));
                }
                known.addAll(schemas.all());
                assertThat(known).hasSize(3);
                assertThat(published).hasSize(3);
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
