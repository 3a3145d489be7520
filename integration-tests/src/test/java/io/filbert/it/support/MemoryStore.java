// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.support;

import com.hazelcast.map.MapStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A map store for the members: knows the values {@code loaded-0} to {@code loaded-9} of the keys {@code 0} to {@code 9}, and
 * keeps what is stored. Each member has its own; what a key's owner stored, the same owner loads again.
 *
 * <p>Runs inside members. Thread-safe.
 */
public final class MemoryStore implements MapStore<String, String> {

    /** How many keys the store knows from the start. */
    public static final int LOADABLE = 10;

    private final Map<String, String> values = new ConcurrentHashMap<>();

    /** Made by a member. */
    public MemoryStore() {
        for (int i = 0; i < LOADABLE; i++) {
            values.put(Integer.toString(i), "loaded-" + i);
        }
    }

    @Override
    public void store(String key, String value) {
        values.put(key, value);
    }

    @Override
    public void storeAll(Map<String, String> entries) {
        entries.forEach(this::store);
    }

    @Override
    public void delete(String key) {
        values.remove(key);
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        keys.forEach(this::delete);
    }

    @Override
    public @Nullable String load(String key) {
        return values.get(key);
    }

    @Override
    public Map<String, String> loadAll(Collection<String> keys) {
        Map<String, String> found = new HashMap<>();
        for (String key : keys) {
            String value = load(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    @Override
    public Iterable<String> loadAllKeys() {
        return List.copyOf(values.keySet());
    }
}
