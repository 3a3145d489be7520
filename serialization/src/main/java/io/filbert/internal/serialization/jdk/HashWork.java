// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import java.io.InvalidObjectException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how long hashing takes while an object stream is read. Sets in sets that refer to each other by number take few bytes, but
 * the hash of one asks all below it, again and again: a hundred of them never end. So each collection of the JDK gets a weight when it is
 * complete, that of everything in it together, and all weights together must stay in proportion to the bytes. Not thread-safe.
 */
final class HashWork {

    /** Each byte counts once for every collection around it; real ones lie less deep. */
    private static final long WORK_PER_BYTE = 100;

    private static final long WORK_AT_LEAST = 100_000;

    /** There is no option: it protects the thread that reads, whoever wrote the bytes. */
    static final String TOO_MUCH =
            "collections lie in each other in such a way that hashing them would take too long. Give each"
                    + " collection a copy of what it holds instead of sharing large ones, or store the value in another form, such as compact";

    private final IdentityHashMap<Object, Long> weights = new IdentityHashMap<>();
    private long left;

    HashWork(long bytes) {
        left = WORK_AT_LEAST + bytes * WORK_PER_BYTE;
    }

    /**
     * Whether reading would refuse what was written.
     *
     * @param bytes of the stream
     * @param containers in it, those around others first
     * @param someMissing whether there may be others, with as much in them
     */
    static boolean isTooMuch(long bytes, List<Object> containers, boolean someMissing) {
        HashWork work = new HashWork(someMissing ? bytes / 2 : bytes);
        try {
            for (int i = containers.size() - 1; i >= 0; i--) {
                work.completed(containers.get(i));
            }
            return false;
        } catch (InvalidObjectException e) {
            return true;
        } catch (RuntimeException e) {
            return false; // it is being changed; readers will see what was written
        }
    }

    /** Takes note of an object that has been read with all it holds, and before it is put into anything else. */
    void completed(@Nullable Object object) throws InvalidObjectException {
        if (object == null || !isContainer(object)) {
            return;
        }
        long weight = weigh(object);
        left -= weight;
        weights.put(object, weight);
    }

    private long weigh(Object object) throws InvalidObjectException {
        long weight = 1;
        if (object instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                weight = bounded(weight + weightOf(entry.getKey()) + weightOf(entry.getValue()));
            }
        } else if (object instanceof Map.Entry<?, ?> entry) {
            weight = bounded(weight + weightOf(entry.getKey()) + weightOf(entry.getValue()));
        } else if (object instanceof Collection<?> collection) {
            if (object.getClass().getName().equals("java.util.Collections$CopiesList")) {
                return copies((List<?>) object);
            }
            for (Object element : collection) {
                weight = bounded(weight + weightOf(element));
            }
        }
        return weight;
    }

    /** One element, a number of times that need not be true. */
    private long copies(List<?> copies) throws InvalidObjectException {
        long each = copies.isEmpty() ? 0 : weightOf(copies.get(0));
        return bounded(1 + (each > left ? each : each * copies.size()));
    }

    private long bounded(long weight) throws InvalidObjectException {
        if (weight > left) {
            throw new InvalidObjectException(TOO_MUCH);
        }
        return weight;
    }

    private long weightOf(@Nullable Object object) throws InvalidObjectException {
        if (object == null || !isContainer(object)) {
            return 1;
        }
        Long weight = weights.get(object);
        return weight == null ? unfinished(object) : weight;
    }

    /** A collection around this one, of which a part has been read: whatever hashes this one hashes that part as well. */
    private long unfinished(Object object) throws InvalidObjectException {
        weights.put(object, 1L); // what contains itself is hashed only until the stack ends
        try {
            return weigh(object);
        } catch (RuntimeException e) {
            return 1; // nothing of it can be seen yet, so hashing it fails as well
        } finally {
            weights.remove(object);
        }
    }

    /** Only classes of the JDK: what a class of the user does to be iterated is unknown. */
    static boolean isContainer(@Nullable Object object) {
        return (object instanceof Collection || object instanceof Map || object instanceof Map.Entry)
                && object.getClass().getName().startsWith("java.util.");
    }
}
