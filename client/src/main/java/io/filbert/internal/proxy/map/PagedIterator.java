// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.blocking.Await;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over a cursor, waiting for the next batch when the last one is used up. Weakly consistent: sees each entry that is
 * there during the whole iteration. Not thread-safe.
 */
final class PagedIterator<T> implements Iterator<T> {

    private final MapCursor<T> cursor;
    private final Consumer<? super T> remove;
    private List<T> batch = List.of();
    private int position;
    private @Nullable T last;

    /** @param remove removes an item from the map */
    PagedIterator(MapCursor<T> cursor, Consumer<? super T> remove) {
        this.cursor = cursor;
        this.remove = remove;
    }

    @Override
    public boolean hasNext() {
        while (position == batch.size()) {
            if (cursor.atEnd()) {
                return false;
            }
            MapCursor.Batch<T> next = Await.result(cursor.fetch());
            cursor.advance(next);
            batch = next.items();
            position = 0;
        }
        return true;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        T item = batch.get(position++);
        last = item;
        return item;
    }

    @Override
    public void remove() {
        if (last == null) {
            throw new IllegalStateException("next() has not been called, or the item is removed already");
        }
        remove.accept(last);
        last = null;
    }
}
