// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decoded values as nested lists, which know when they are equal and how to print themselves. */
final class Plain {
    private Plain() {}

    static @Nullable Object of(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value.getClass().isArray()) {
            List<@Nullable Object> items = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                items.add(Array.get(value, i));
            }
            return items;
        }
        if (value instanceof Data data) {
            return of(data.bytes());
        }
        if (value instanceof Record record && !(value instanceof RequestType)) {
            return of(CodecPair.components(record));
        }
        if (value instanceof Map.Entry<?, ?> entry) {
            return pair(entry.getKey(), entry.getValue());
        }
        if (value instanceof Map<?, ?> map) {
            return of(map.entrySet());
        }
        if (value instanceof Collection<?> collection) {
            List<@Nullable Object> items = new ArrayList<>();
            collection.forEach(each -> items.add(of(each)));
            return items;
        }
        return value;
    }

    private static List<@Nullable Object> pair(@Nullable Object key, @Nullable Object value) {
        List<@Nullable Object> pair = new ArrayList<>();
        pair.add(of(key));
        pair.add(of(value));
        return pair;
    }
}
