// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import io.filbert.map.EntryEvent;
import io.filbert.map.EntryListener;
import io.filbert.map.MapEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down everything that a map reports, as {@code TYPE key: old -> new}. Thread-safe. */
final class Diary implements EntryListener<Object, Object> {

    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<EntryEvent<Object, Object>> events = new CopyOnWriteArrayList<>();

    private void write(EntryEvent<Object, Object> event) {
        String merging = event.mergingValue() == null ? "" : " merging " + event.mergingValue();
        events.add(event);
        lines.add(event.type() + " " + event.key() + ": " + event.oldValue() + " -> " + event.value() + merging);
    }

    private void write(MapEvent event) {
        lines.add(event.type() + " " + event.name() + ": " + event.affectedEntries());
    }

    @Override
    public void entryAdded(EntryEvent<Object, Object> event) {
        write(event);
    }

    @Override
    public void entryRemoved(EntryEvent<Object, Object> event) {
        write(event);
    }

    @Override
    public void entryUpdated(EntryEvent<Object, Object> event) {
        write(event);
    }

    @Override
    public void entryEvicted(EntryEvent<Object, Object> event) {
        write(event);
    }

    @Override
    public void entryExpired(EntryEvent<Object, Object> event) {
        write(event);
    }

    @Override
    public void entryMerged(EntryEvent<Object, Object> event) {
        write(event);
    }

    @Override
    public void entryLoaded(EntryEvent<Object, Object> event) {
        write(event);
    }

    @Override
    public void mapEvicted(MapEvent event) {
        write(event);
    }

    @Override
    public void mapCleared(MapEvent event) {
        write(event);
    }

    @Override
    public void onGap() {
        if (lines.isEmpty() || !lines.get(lines.size() - 1).equals("gap")) {
            lines.add("gap");
        }
    }
}
