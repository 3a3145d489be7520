// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.shape;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What records of one type have in common, held once for all of them: the type name, the names and kinds of the fields, and the order in
 * which they were written. Shapes with the same fields are equal, whatever the order. Immutable.
 *
 * @param <K> the kind of a field
 */
public final class RecordShape<K> {

    private final String typeName;
    private final String[] names;
    private final K[] kinds;
    private final int[] order;
    private final Set<String> nameSet;
    private final int hash;

    private RecordShape(String typeName, String[] names, K[] kinds, int[] order, Set<String> nameSet) {
        this.typeName = typeName;
        this.names = names;
        this.kinds = kinds;
        this.order = order;
        this.nameSet = nameSet;
        this.hash = 31 * typeName.hashCode() + Arrays.hashCode(names);
    }

    /**
     * A shape whose fields are written by name. The arrays belong to it from then on.
     *
     * @param names sorted
     * @param kinds of each name
     */
    public static <K> RecordShape<K> of(String typeName, String[] names, K[] kinds) {
        int[] byName = new int[names.length];
        Arrays.setAll(byName, i -> i);
        Set<String> nameSet = Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(names)));
        return new RecordShape<>(typeName, names, kinds, byName, nameSet);
    }

    /** The same fields, written in another order. */
    public RecordShape<K> inOrder(int[] indexes) {
        return new RecordShape<>(typeName, names, kinds, indexes, nameSet);
    }

    public String typeName() {
        return typeName;
    }

    /** How many fields there are. */
    public int size() {
        return names.length;
    }

    public String name(int index) {
        return names[index];
    }

    public K kind(int index) {
        return kinds[index];
    }

    /** All names, sorted; not to be changed. */
    public Set<String> names() {
        return nameSet;
    }

    /** The indexes of the fields in the order in which they are written; not to be changed. */
    public int[] order() {
        return order;
    }

    /** The index of a field, negative if there is none of this name. */
    public int find(String name) {
        return Arrays.binarySearch(names, name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        return other instanceof RecordShape<?> shape
                && shape.hash == hash
                && shape.typeName.equals(typeName)
                && Arrays.equals(shape.names, names)
                && Arrays.equals(shape.kinds, kinds);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return typeName + nameSet;
    }
}
