// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.error.SerializationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SerializationServiceStressTest {
    private static final int THREADS = 4;
    private static final int ROUNDS = 20_000;

    private final SerializationService service = new SerializationService();

    @Test
    void manyThreads_shareOneService() throws Exception {
        long seed = new Random().nextLong();
        List<Kind> kinds = Kind.all();
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Random random = new Random(seed + t);
            tasks.add(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    Kind kind = kinds.get(i % kinds.size());
                    Object value = kind.random().apply(random);
                    byte[] bytes = requireNonNull(service.toData(value)).bytes();
                    Object read = service.toObject(bytes, 0, bytes.length);
                    assertThat(Contents.of(read)).as("seed %d", seed).isEqualTo(Contents.of(value));
                }
                return null;
            });
        }
        runAll(tasks);
    }

    /** A value that its owner changes meanwhile may come out in any state, but whole. */
    @Test
    void arrayChangedWhileWritten_staysReadable() throws Exception {
        Object[] changing = new Object[50];
        Arrays.fill(changing, "");
        String[] texts = new String[50];
        AtomicBoolean done = new AtomicBoolean();
        Callable<Void> change = () -> {
            Random random = new Random(1);
            while (!done.get()) {
                int i = random.nextInt(changing.length);
                changing[i] = random.nextBoolean() ? "" : "x".repeat(random.nextInt(500));
                texts[i] = random.nextBoolean() ? null : "é".repeat(random.nextInt(500));
            }
            return null;
        };
        Callable<Void> write = () -> {
            try {
                for (int i = 0; i < ROUNDS; i++) {
                    Object[] objects = requireNonNull(service.<Object[]>toObject(service.toData(changing)));
                    String[] strings = requireNonNull(service.<String[]>toObject(service.toData(texts)));
                    assertThat(objects).hasSameSizeAs(changing);
                    assertThat(strings).hasSameSizeAs(texts);
                }
                return null;
            } catch (SerializationException e) {
                throw new AssertionError("an array changed meanwhile made bytes that cannot be read", e);
            } finally {
                done.set(true);
            }
        };
        runAll(List.of(change, write));
    }

    private static void runAll(List<Callable<Void>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Void> future : threads.invokeAll(tasks)) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
