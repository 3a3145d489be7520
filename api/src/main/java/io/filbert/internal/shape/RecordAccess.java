// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.shape;

import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The way into records for those who read and write many of them: with the shape that records share, and without copies of arrays.
 * Thread-safe.
 *
 * @param <R> the class of records
 * @param <K> the kind of a field
 */
public interface RecordAccess<R, K> {

    /** A record with these values, which belong to it from then on. */
    R create(RecordShape<K> shape, @Nullable Object[] values);

    RecordShape<K> shape(R record);

    /** The values, by the indexes of the shape; not to be changed. */
    @Nullable
    Object[] values(R record);

    /** The access to a class of records, which installs it when it is initialized. */
    @SuppressWarnings("unchecked") // installed under the class it is for
    static <R, K> RecordAccess<R, K> to(Class<R> type) {
        try {
            MethodHandles.lookup().ensureInitialized(type);
        } catch (IllegalAccessException e) {
            throw new LinkageError("A class of ours is not accessible: " + type, e);
        }
        RecordAccess<?, ?> access = Installed.ALL.get(type);
        if (access == null) {
            throw new LinkageError("A class of ours has no access installed: " + type);
        }
        return (RecordAccess<R, K>) access;
    }

    /** Called once by the class of records. */
    static <R> void install(Class<R> type, RecordAccess<R, ?> access) {
        Installed.ALL.put(type, access);
    }

    /** What has been installed. */
    final class Installed {

        private static final Map<Class<?>, RecordAccess<?, ?>> ALL = new ConcurrentHashMap<>();

        private Installed() {}
    }
}
