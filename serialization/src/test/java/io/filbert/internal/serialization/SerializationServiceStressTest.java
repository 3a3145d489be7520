// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
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

    /** A concurrent collection is written as it is at some time, and what is written can be read. */
    @Test
    void concurrentCollectionChangedWhileWritten_staysReadable() throws Exception {
        for (Collection<Integer> changing : List.<Collection<Integer>>of(
                new CopyOnWriteArrayList<>(),
                new CopyOnWriteArraySet<>(),
                new ConcurrentSkipListSet<>(),
                new LinkedBlockingQueue<>(),
                new ArrayBlockingQueue<>(100),
                new PriorityBlockingQueue<>(),
                new LinkedTransferQueue<>())) {
            writeWhileChanging(
                    changing,
                    i -> {
                        if (!changing.remove(i)) {
                            changing.add(i);
                        }
                    },
                    false);
        }
        for (Map<Integer, Integer> changing :
                List.<Map<Integer, Integer>>of(new ConcurrentHashMap<>(), new ConcurrentSkipListMap<>())) {
            writeWhileChanging(
                    changing,
                    i -> {
                        if (changing.remove(i) == null) {
                            changing.put(i, i);
                        }
                    },
                    false);
        }
    }

    /** Others may notice the change, and then it is said; but never is anything written that cannot be read. */
    @Test
    void otherCollectionChangedWhileWritten_isReadableOrRefused() throws Exception {
        for (Collection<Integer> changing : List.<Collection<Integer>>of(
                new ArrayList<>(), new ArrayDeque<>(), new HashSet<>(), new LinkedHashSet<>(), new PriorityQueue<>())) {
            writeWhileChanging(
                    changing,
                    i -> {
                        if (!changing.remove(i)) {
                            changing.add(i);
                        }
                    },
                    true);
        }
    }

    private void writeWhileChanging(Object collection, Consumer<Integer> change, boolean mayBeRefused)
            throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Callable<Void> changes = () -> {
            Random random = new Random(1);
            while (!done.get()) {
                change.accept(random.nextInt(50));
            }
            return null;
        };
        Callable<Void> writes = () -> {
            try {
                for (int i = 0; i < ROUNDS / 10; i++) {
                    writeAndRead(collection, mayBeRefused);
                }
                return null;
            } finally {
                done.set(true);
            }
        };
        runAll(List.of(changes, writes));
    }

    private void writeAndRead(Object collection, boolean mayBeRefused) {
        Data data;
        try {
            data = requireNonNull(service.toData(collection));
        } catch (SerializationException e) {
            if (!mayBeRefused) {
                throw e;
            }
            assertThat(e).hasMessageContaining(collection.getClass().getName());
            return;
        }
        Object read = service.toObject(data);
        assertThat(read).hasSameClassAs(collection);
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
