// SPDX-License-Identifier: Apache-2.0
package io.filbert.collection;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * Receives items that come and go, one event at a time, on the client's callback executor. All methods do nothing unless overridden;
 * what they throw is logged. A listener that overrides no method that takes an event is refused. One that does not keep up delays and finally
 * loses its own events only. For a single kind of events there are factories: {@code ItemListener.onAdded(event -> …)}.
 *
 * @param <E> type of the items
 */
public interface ItemListener<E> {

    /** An item was added. */
    default void itemAdded(ItemEvent<E> event) {}

    /** An item was removed. */
    default void itemRemoved(ItemEvent<E> event) {}

    /**
     * Events may be missing before this point: a connection was lost or made again, this listener did not keep up, or an event could not be
     * decoded.
     */
    default void onGap() {}

    /** A listener for {@link #itemAdded} alone. */
    static <E> ItemListener<E> onAdded(Consumer<? super ItemEvent<E>> action) {
        Objects.requireNonNull(action, "action");
        return new ItemListener<>() {
            @Override
            public void itemAdded(ItemEvent<E> event) {
                action.accept(event);
            }
        };
    }

    /** A listener for {@link #itemRemoved} alone. */
    static <E> ItemListener<E> onRemoved(Consumer<? super ItemEvent<E>> action) {
        Objects.requireNonNull(action, "action");
        return new ItemListener<>() {
            @Override
            public void itemRemoved(ItemEvent<E> event) {
                action.accept(event);
            }
        };
    }
}
