// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.portable.Model.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Threads that meet a class for the first time, all at once. */
class PortableStressTest {

    private static final int THREADS = 4;
    private static final int CLASSES = 1000;

    @Test
    void firstObjectsOfAClass_areWrittenAndReadAtOnce() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            for (int i = 0; i < CLASSES; i++) {
                Shape shape = Model.randomShape(random, 2);
                Model model = Model.random(shape, random, false);
                byte[] expected = requireNonNull(service(shape).toData(new OurModel(model)))
                        .bytes();
                SerializationService shared = service(shape);
                List<Future<?>> running = new ArrayList<>();
                for (int t = 0; t < THREADS; t++) {
                    boolean writes = t % 2 == 0;
                    Callable<Object> task = () -> {
                        start.await();
                        if (writes) {
                            assertThat(requireNonNull(shared.toData(new OurModel(model)))
                                            .bytes())
                                    .isEqualTo(expected);
                        } else {
                            OurModel read = requireNonNull(shared.toObject(Data.of(expected)));
                            assertThat(read.model()).isEqualTo(model);
                        }
                        return "done";
                    };
                    running.add(threads.submit(task));
                }
                for (Future<?> future : running) {
                    assertThat(future.get())
                            .as("class %d with seed %d", i, seed)
                            .isEqualTo("done");
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static SerializationService service(Shape shape) {
        Map<Integer, Shape> shapes = new HashMap<>();
        shape.all().forEach(one -> shapes.put(one.classId(), one));
        return Sample.service(config -> config.portableFactories(
                Map.of(Sample.FACTORY, classId -> new OurModel(requireNonNull(shapes.get(classId))))));
    }
}
