// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the user has registered under a number, found without making an object of the number. Immutable.
 *
 * @param <T> what is registered
 */
public final class ById<T> {

    private final int[] ids;
    private final Object[] values;

    /** Copies the map. */
    public ById(Map<Integer, ? extends T> map) {
        ids = map.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
        values = Arrays.stream(ids).mapToObj(map::get).toArray();
    }

    /** What is registered under the id; null if nothing is. */
    @SuppressWarnings("unchecked") // only the constructor fills the array
    public @Nullable T get(int id) {
        int at = Arrays.binarySearch(ids, id);
        return at < 0 ? null : (T) values[at];
    }

    /** All ids in use, ascending, for an error message. */
    public String ids() {
        return ids.length == 0 ? "none" : Arrays.toString(ids);
    }

    /** All that is registered, by ascending id. */
    @SuppressWarnings("unchecked") // as above
    public Collection<T> values() {
        return (Collection<T>) Arrays.asList(values);
    }
}
