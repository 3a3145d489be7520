// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.faults;

import io.filbert.HazelcastClient;
import io.filbert.error.HazelcastException;
import io.filbert.it.support.Clients;
import io.filbert.map.BlockingDistributedMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program that runs with less heap than its task would like to have, and prints what became of it as lines of {@code name=value}.
 * Meanwhile another thread of it makes small calls, of which none may fail.
 */
final class SmallHeap {

    static final String BIG = "big";

    /** What the program is asked to do; its outcome is printed as {@code outcome}. */
    enum Task {
        /** Asks for all values of a map. */
        VALUES {
            @Override
            Object run(HazelcastClient client, int mebibytes) {
                return client.getMap(BIG).values().join().size();
            }
        },
        /** Stores a large map, all at once. */
        PUT_ALL {
            @Override
            Object run(HazelcastClient client, int mebibytes) {
                BlockingDistributedMap<Integer, byte[]> map =
                        client.<Integer, byte[]>getMap(BIG).blocking();
                map.putAll(entries(mebibytes));
                return map.size();
            }
        },
        /** The same, each value in the same partition. */
        SET_ALL {
            @Override
            Object run(HazelcastClient client, int mebibytes) {
                BlockingDistributedMap<String, byte[]> map =
                        client.<String, byte[]>getMap(BIG).blocking();
                Map<String, byte[]> entries = new HashMap<>();
                entries(mebibytes).forEach((key, value) -> entries.put(key + "@together", value));
                map.setAll(entries);
                return map.size();
            }
        },
        /** Offers many items in one request, which cannot be cut. */
        ADD_ALL {
            @Override
            Object run(HazelcastClient client, int mebibytes) {
                return client.getQueue(BIG).blocking().addAll(SmallHeap.items(mebibytes));
            }
        },
        /** Publishes many messages. */
        PUBLISH_ALL {
            @Override
            Object run(HazelcastClient client, int mebibytes) {
                client.getTopic(BIG).blocking().publishAll(SmallHeap.items(mebibytes));
                return "published";
            }
        };

        abstract Object run(HazelcastClient client, int mebibytes);
    }

    private SmallHeap() {}

    private static Map<Integer, byte[]> entries(int mebibytes) {
        Map<Integer, byte[]> entries = new HashMap<>();
        for (int i = 0; i < mebibytes; i++) {
            entries.put(i, new byte[1 << 20]);
        }
        return entries;
    }

    private static List<byte[]> items(int mebibytes) {
        return new ArrayList<>(entries(mebibytes).values());
    }

    public static void main(String[] args) throws InterruptedException {
        Task task = Task.valueOf(args[1]);
        int mebibytes = Integer.parseInt(args[2]);
        AtomicInteger succeeded = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        try (HazelcastClient client =
                Clients.connect(args[0], config -> config.invocationTimeout(Duration.ofSeconds(20)))) {
            BlockingDistributedMap<Integer, Integer> other =
                    client.<Integer, Integer>getMap("other").blocking();
            Thread others = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    try {
                        other.set(1, 1);
                        succeeded.incrementAndGet();
                    } catch (HazelcastException e) {
                        if (!Thread.currentThread().isInterrupted()) {
                            print("failure", e);
                            failed.incrementAndGet();
                        }
                    }
                }
            });
            others.start();
            try {
                print("outcome", task.run(client, mebibytes));
            } catch (RuntimeException e) {
                print("outcome", e.getCause() instanceof HazelcastException cause ? cause : e);
            } catch (OutOfMemoryError e) {
                print("outcome", e);
            }
            int before = succeeded.get();
            other.set(1, 1);
            others.interrupt();
            others.join();
            print("lost", client.metrics().connections().lost());
            print("failed", failed);
            print("usable", before > 0);
        }
    }

    private static void print(String name, Object value) {
        System.out.println(name + "=" + value);
    }
}
