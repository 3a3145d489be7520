// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import java.io.Serial;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HashSet} and a {@link HashMap} that were read and keep the order of their bytes by links, because no plain table has that
 * order here. They are written as what they were. In an object stream, which others may read, they are plain tables.
 */
@SuppressWarnings("serial") // replaced when they are written
public final class LinkedTables {

    private LinkedTables() {}

    /** A set in the order in which it was filled. */
    public static final class LinkedSet extends LinkedHashSet<@Nullable Object> {

        public LinkedSet(int room) {
            super(Math.max(11, room));
        }

        @Serial
        private Object writeReplace() {
            return new HashSet<>(this);
        }
    }

    /** A map in the order in which it was filled. */
    public static final class LinkedMap extends LinkedHashMap<@Nullable Object, @Nullable Object> {

        public LinkedMap(int room) {
            super(Math.max(11, (int) Math.min(Integer.MAX_VALUE, room * 4L / 3)));
        }

        @Serial
        private Object writeReplace() {
            return new HashMap<>(this);
        }
    }
}
