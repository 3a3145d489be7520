// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.internal.protocol.RequestType;
import java.util.List;
import java.util.Map;

/** What a user called, where a request of the protocol has another name than the method that sends it. */
final class CallNames {

    private static final List<String> VARIANTS = List.of("WithMaxIdle", "WithPagingPredicate", "WithPredicate");

    private static final Map<String, String> METHODS = Map.of(
            "Map.entriesWithPredicate", "Map.entrySet",
            "Map.fetchEntries", "Map.forEachEntry",
            "Map.fetchKeys", "Map.forEachKey",
            "Map.loadGivenKeys", "Map.loadAll",
            "Queue.compareAndRemoveAll", "Queue.removeAll",
            "Queue.compareAndRetainAll", "Queue.retainAll",
            "Queue.drainToMaxSize", "Queue.drain");

    private CallNames() {}

    /** Such as {@code Map.put}, also for the request that puts with a max idle. */
    static String of(RequestType type) {
        String name = type.name();
        String method = METHODS.get(name);
        if (method != null) {
            return method;
        }
        for (String variant : VARIANTS) {
            if (name.endsWith(variant)) {
                return name.substring(0, name.length() - variant.length());
            }
        }
        return name;
    }
}
