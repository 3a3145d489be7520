// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.builtin;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.HashOrder;
import io.filbert.internal.serialization.stream.LinkedTables;
import io.filbert.internal.serialization.stream.SerializationErrors;
import io.filbert.internal.serialization.stream.TypeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/**
 * Lists, sets and queues: their number of elements, then the elements; before both, where there is an order, the comparator. The
 * number is filled in afterwards, so that it is true even if a concurrent collection changes meanwhile.
 */
final class CollectionForms {
    private static final int FIRST_ROOM = 16;
    private static final float LOAD = 0.75f;

    private CollectionForms() {}

    static void write(DataWriter out, Collection<?> elements) {
        int at = out.reserve(Integer.BYTES);
        int count = 0;
        try {
            for (Object element : elements) {
                if (element == null && elements instanceof PriorityQueue) {
                    throw new ConcurrentModificationException(
                            "null where an element was"); // its iterator overlooks that
                }
                out.writeObject(element);
                count++;
            }
        } catch (ConcurrentModificationException e) {
            throw SerializationErrors.changedMeanwhile(elements.getClass(), e);
        }
        out.putIntAt(at, count);
    }

    static void writeOrdered(DataWriter out, Collection<?> elements) {
        out.writeObject(comparator(elements));
        write(out, elements);
    }

    private static @Nullable Comparator<?> comparator(Collection<?> elements) {
        if (elements instanceof SortedSet<?> set) {
            return set.comparator();
        }
        if (elements instanceof PriorityQueue<?> queue) {
            return queue.comparator();
        }
        return ((PriorityBlockingQueue<?>) elements).comparator();
    }

    static Collection<?> read(int typeId, DataReader in) {
        return switch (typeId) {
            case TypeId.TREE_SET -> fill(in, new TreeSet<>(readComparator(in)));
            case TypeId.CONCURRENT_SKIP_LIST_SET -> fill(in, new ConcurrentSkipListSet<>(readComparator(in)));
            case TypeId.PRIORITY_QUEUE -> fill(in, new PriorityQueue<>(readComparator(in)));
            case TypeId.PRIORITY_BLOCKING_QUEUE ->
                fill(in, new PriorityBlockingQueue<>(FIRST_ROOM, readComparator(in)));
            case TypeId.DELAY_QUEUE -> readDelayQueue(in);
            default -> readUnordered(typeId, in, in.readCount(Integer.BYTES));
        };
    }

    @SuppressWarnings("JdkObsolete") // it is what was written
    private static Collection<?> readUnordered(int typeId, DataReader in, int count) {
        return switch (typeId) {
            case TypeId.ARRAY_LIST -> fill(in, count, new ArrayList<>(in.roomFor(count)));
            case TypeId.LINKED_LIST -> fill(in, count, new LinkedList<>());
            case TypeId.COPY_ON_WRITE_ARRAY_LIST -> new CopyOnWriteArrayList<>(readArray(in, count));
            case TypeId.HASH_SET -> readHashSet(in, count);
            case TypeId.LINKED_HASH_SET -> fill(in, count, new LinkedHashSet<>(tableFor(in, count)));
            case TypeId.COPY_ON_WRITE_ARRAY_SET -> readCopyOnWriteArraySet(in, count);
            case TypeId.ARRAY_DEQUE -> fill(in, count, new ArrayDeque<>(in.roomFor(count)));
            case TypeId.LINKED_BLOCKING_QUEUE -> fill(in, count, new LinkedBlockingQueue<>());
            case TypeId.ARRAY_BLOCKING_QUEUE -> readArrayBlockingQueue(in, count);
            case TypeId.SYNCHRONOUS_QUEUE -> readSynchronousQueue(in, count);
            case TypeId.LINKED_TRANSFER_QUEUE -> fill(in, count, new LinkedTransferQueue<>());
            default -> throw in.unreadable();
        };
    }

    private static Set<@Nullable Object> readHashSet(DataReader in, int count) {
        int first = in.position();
        HashOrder order = new HashOrder(in.roomFor(count));
        @Nullable Object[] elements = new @Nullable Object[in.roomFor(count)];
        for (int i = 0; i < count; i++) {
            int offset = in.position();
            Object element = in.readObject();
            CostlyComparisons.whenHashed(element, count);
            if (i == elements.length) {
                elements = Arrays.copyOf(elements, (int) Math.min(count, 2L * i));
            }
            elements[i] = element;
            try {
                order.add(element);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                throw refused(in, offset, element, e);
            }
        }
        try {
            return order.set(elements, LinkedTables.LinkedSet::new);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw in.malformed(first, "the elements of a set cannot be compared with each other: " + e, e);
        }
    }

    private static <C extends Collection<@Nullable Object>> C fill(DataReader in, C target) {
        return fill(in, in.readCount(Integer.BYTES), target);
    }

    private static <C extends Collection<@Nullable Object>> C fill(DataReader in, int count, C target) {
        boolean hashing = target instanceof HashSet;
        for (int i = 0; i < count; i++) {
            int offset = in.position();
            Object element = in.readObject();
            if (hashing) {
                CostlyComparisons.whenHashed(element, count);
            }
            try {
                target.add(element);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                throw refused(in, offset, element, e);
            }
        }
        return target;
    }

    /** What can go wrong: null, an object that cannot be compared, a comparison or a hash code of the user that fails. */
    static SerializationException refused(DataReader in, int offset, @Nullable Object element, Throwable cause) {
        String what =
                element == null ? "null" : "an object of " + element.getClass().getName();
        return in.malformed(offset, what + " was found, which such a collection does not accept: " + cause, cause);
    }

    private static @Nullable Object[] readArray(DataReader in, int count) {
        return fill(in, count, new ArrayList<>(in.roomFor(count))).toArray();
    }

    /** All at once, because to add them one by one copies the array for each. */
    private static Collection<?> readCopyOnWriteArraySet(DataReader in, int count) {
        CostlyComparisons.whenEachWithEach(count);
        int first = in.position();
        @Nullable Object[] elements = readArray(in, count);
        try {
            return new CopyOnWriteArraySet<>(Arrays.asList(elements));
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw in.malformed(first, "the elements of a set cannot be compared with each other: " + e, e);
        }
    }

    /** Its capacity is not stored, and it has to have one. */
    private static Collection<?> readArrayBlockingQueue(DataReader in, int count) {
        ArrayList<@Nullable Object> elements = new ArrayList<>(in.roomFor(count));
        int first = in.position();
        fill(in, count, elements);
        int absent = elements.indexOf(null);
        if (absent >= 0) {
            throw in.malformed(first, "element " + absent + " is null, which such a collection does not accept", null);
        }
        ArrayBlockingQueue<@Nullable Object> queue = new ArrayBlockingQueue<>(Math.max(1, count));
        queue.addAll(elements);
        return queue;
    }

    private static Collection<?> readSynchronousQueue(DataReader in, int count) {
        if (count > 0) {
            throw in.malformed(
                    in.position() - Integer.BYTES,
                    "such a queue never holds anything, but " + count + " should follow",
                    null);
        }
        return new SynchronousQueue<>();
    }

    private static Collection<?> readDelayQueue(DataReader in) {
        int count = in.readCount(Integer.BYTES);
        DelayQueue<Delayed> queue = new DelayQueue<>();
        for (int i = 0; i < count; i++) {
            int offset = in.position();
            Object element = in.readObject();
            try {
                queue.add((Delayed) element);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                throw refused(in, offset, element, e);
            }
        }
        return queue;
    }

    @SuppressWarnings("unchecked") // it will be given what it was given before
    static @Nullable Comparator<@Nullable Object> readComparator(DataReader in) {
        int offset = in.position();
        Object comparator = in.readObject();
        if (comparator != null && !(comparator instanceof Comparator)) {
            throw in.malformed(
                    offset,
                    "a comparator should follow, but an object of "
                            + comparator.getClass().getName() + " does",
                    null);
        }
        return (Comparator<@Nullable Object>) comparator;
    }

    /** What a hash table of so many elements has grown to if it was filled one by one. */
    static int tableFor(DataReader in, int count) {
        return Math.max(FIRST_ROOM, (int) Math.ceil(in.roomFor(count) / LOAD));
    }
}
