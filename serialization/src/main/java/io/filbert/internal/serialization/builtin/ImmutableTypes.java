// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.builtin;

import io.filbert.internal.serialization.stream.TypeId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/** The collections of the JDK that cannot be changed, or not be resized, and the built-in forms of collections that equal them. */
public final class ImmutableTypes {

    private static final List<String> NAMES = List.of(
            "java.util.ImmutableCollections$",
            "java.util.Arrays$ArrayList",
            "java.util.Collections$Singleton",
            "java.util.Collections$Unmodifiable",
            "java.util.KeyValueHolder");

    private ImmutableTypes() {}

    /** The type id of a form that reads as an equal collection; 0 if the class is none of those. */
    public static int idOfEqual(Class<?> type) {
        if (NAMES.stream().noneMatch(type.getName()::startsWith)) {
            return TypeId.NULL;
        }
        if (List.class.isAssignableFrom(type)) {
            return TypeId.ARRAY_LIST;
        }
        if (Set.class.isAssignableFrom(type)) {
            return SortedSet.class.isAssignableFrom(type) ? TypeId.TREE_SET : TypeId.LINKED_HASH_SET;
        }
        if (Map.class.isAssignableFrom(type)) {
            return SortedMap.class.isAssignableFrom(type) ? TypeId.TREE_MAP : TypeId.LINKED_HASH_MAP;
        }
        return Map.Entry.class.isAssignableFrom(type) ? TypeId.SIMPLE_IMMUTABLE_ENTRY : TypeId.NULL;
    }
}
