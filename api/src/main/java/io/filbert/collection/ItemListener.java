// SPDX-License-Identifier: Apache-2.0
package io.filbert.collection;

/**
 * Hears of items that come and go, one event at a time, on the client's callback executor. All methods do nothing unless overridden;
 * what they throw is logged. A listener that overrides no method that takes an event is refused. One that does not keep up delays and finally
 * loses its own events only.
 *
 * @param <E> type of the items
 */
public interface ItemListener<E> {

    /** An item was added. */
    default void itemAdded(ItemEvent<E> event) {}

    /** An item was removed. */
    default void itemRemoved(ItemEvent<E> event) {}

    /** Events may be missing before this point: a connection was lost or made again, or this listener did not keep up. */
    default void onGap() {}
}
