// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A position in a map that is handed out in batches: a partition, and pointers into the partition's table that its member gave
 * with the last batch. For one thread at a time; fetch, then advance, then fetch again.
 */
final class MapCursor<T> {

    /** "From the beginning of the table". */
    private static final List<Map.Entry<Integer, Integer>> BEGINNING = List.of(Map.entry(Integer.MAX_VALUE, -1));

    /** What a member handed out, and where the next batch begins. */
    record Batch<T>(List<T> items, List<Map.Entry<Integer, Integer>> next) {

        private boolean isLastOfPartition() {
            return next.isEmpty() || next.get(next.size() - 1).getKey() < 0;
        }
    }

    /** Asks the owner of a partition. */
    @FunctionalInterface
    interface Source<T> {
        CompletableFuture<Batch<T>> fetch(int partitionId, List<Map.Entry<Integer, Integer>> pointers);
    }

    private final int partitionCount;
    private final Source<T> source;
    private int partitionId;
    private List<Map.Entry<Integer, Integer>> pointers = BEGINNING;

    MapCursor(int partitionCount, Source<T> source) {
        this.partitionCount = partitionCount;
        this.source = source;
    }

    boolean atEnd() {
        return partitionId >= partitionCount;
    }

    CompletableFuture<Batch<T>> fetch() {
        return source.fetch(partitionId, pointers);
    }

    void advance(Batch<T> taken) {
        if (taken.isLastOfPartition()) {
            partitionId++;
            pointers = BEGINNING;
        } else {
            pointers = taken.next;
        }
    }
}
