// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Unmodifiable copies of what options are given. A null is refused under the name of the option and the place of the null. */
final class Copies {

    private Copies() {}

    /** An array as a list, so that a null in it is found where lists are looked through. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    static <T> List<T> listOf(String option, T... elements) {
        return Arrays.asList(Objects.requireNonNull(elements, option));
    }

    static <T> List<T> of(String option, Collection<? extends T> elements) {
        List<T> copy = new ArrayList<>(Objects.requireNonNull(elements, option));
        for (int i = 0; i < copy.size(); i++) {
            @Nullable T element = copy.get(i);
            if (element == null) {
                throw new NullPointerException(option + "[" + i + "]");
            }
        }
        return Collections.unmodifiableList(copy);
    }

    /** Keeps the order. */
    static <K, V> Map<K, V> of(String option, Map<? extends K, ? extends V> entries) {
        Map<K, V> copy = new LinkedHashMap<>(Objects.requireNonNull(entries, option));
        for (Map.Entry<? extends @Nullable Object, ? extends @Nullable Object> entry : copy.entrySet()) {
            if (entry.getKey() == null || entry.getValue() == null) {
                throw new NullPointerException(option + "[" + entry.getKey() + "]");
            }
        }
        return Collections.unmodifiableMap(copy);
    }
}
