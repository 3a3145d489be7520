// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.protocol.Data;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a read-modify-write makes of the value it read. Runs code of the user; asked again if the entry has changed meanwhile. */
@FunctionalInterface
interface UpdateRule<V> {

    /** What is to become of an entry. */
    enum Change {
        KEEP,
        WRITE,
        REMOVE
    }

    /**
     * What is to become of the entry.
     *
     * @param value the value to be written, or the result where nothing is
     * @param serialized the value to be written if it is serialized already, so that {@code value} is null
     */
    record Verdict<V>(
            Change change, @Nullable V value, @Nullable Data serialized) {

        private Verdict(Change change, @Nullable V value) {
            this(change, value, null);
        }

        static <V> Verdict<V> keep(@Nullable V result) {
            return new Verdict<>(Change.KEEP, result);
        }

        static <V> Verdict<V> write(Data serialized) {
            return new Verdict<>(Change.WRITE, null, serialized);
        }

        /** Writes the value, or removes the entry if there is none. */
        static <V> Verdict<V> writeOrRemove(@Nullable V value) {
            return new Verdict<>(value == null ? Change.REMOVE : Change.WRITE, value);
        }

        static <V> Verdict<V> remove() {
            return new Verdict<>(Change.REMOVE, null);
        }
    }

    /** @param present what was read; null if the key has no value */
    Verdict<V> decide(@Nullable Fetched<V> present);

    private static <V> @Nullable V object(@Nullable Fetched<V> present) {
        return present == null ? null : present.object();
    }

    static <K, V> UpdateRule<V> compute(
            K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        Objects.requireNonNull(function, "function");
        return present -> Verdict.writeOrRemove(function.apply(key, object(present)));
    }

    static <K, V> UpdateRule<V> computeIfPresent(
            K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
        Objects.requireNonNull(function, "function");
        return present ->
                present == null ? Verdict.keep(null) : Verdict.writeOrRemove(function.apply(key, present.object()));
    }

    static <K, V> UpdateRule<V> computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
        Objects.requireNonNull(function, "function");
        return present -> present == null ? Verdict.writeOrRemove(function.apply(key)) : Verdict.keep(present.object());
    }

    static <V> UpdateRule<V> merge(V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(function, "function");
        return present -> Verdict.writeOrRemove(present == null ? value : function.apply(present.object(), value));
    }

    /** What {@code replaceAll} does to one entry. */
    static <K, V> UpdateRule<V> replace(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        return present -> present == null
                ? Verdict.keep(null)
                : Verdict.writeOrRemove(Objects.requireNonNull(
                        function.apply(key, present.object()), "what the function of replaceAll returned"));
    }
}
