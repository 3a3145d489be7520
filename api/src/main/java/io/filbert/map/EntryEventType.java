// SPDX-License-Identifier: Apache-2.0
package io.filbert.map;

/** What happened to an entry, or to all entries of a map at once. */
public enum EntryEventType {
    /** An entry that was not there was put. */
    ADDED,
    /** An entry was removed by somebody. */
    REMOVED,
    /** An entry got another value. */
    UPDATED,
    /** An entry was removed from memory, to make room or on request. */
    EVICTED,
    /** An entry was removed because its time was over. */
    EXPIRED,
    /** An entry of another part of the cluster was merged into this one after a split, or came from another cluster. */
    MERGED,
    /** An entry was loaded by the map loader. */
    LOADED,
    /** All entries were removed from memory: {@link DistributedMap#evictAll}. */
    MAP_EVICTED,
    /** All entries were removed: {@link DistributedMap#clear}. */
    MAP_CLEARED
}
