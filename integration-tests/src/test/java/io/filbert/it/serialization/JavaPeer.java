// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A client in this JVM. It puts its own classes in place of {@link Sample}s on the way out, and back on the way in. */
abstract class JavaPeer implements InteropPeer {

    /** The client's view of a map. */
    abstract Map<Object, Object> map(String name);

    /** The client's own form of a sample; other values as they are. */
    abstract @Nullable Object own(@Nullable Object value);

    /** The sample that a value of the client's own stands for; other values as they are. */
    abstract @Nullable Object sample(@Nullable Object own);

    /** Writes a portable object that lacks nothing: without its definition, none can be written that lacks nested ones. */
    void learnDefinitions() {
        put("interop-definitions", InteropCase.PORTABLE);
    }

    @Override
    public void put(String map, InteropCase which) {
        map(map).put(which.label(), ownValue(which));
    }

    @Override
    public String check(String map, InteropCase which) {
        return Description.compare(which.value(), deep(map(map).get(which.label()), this::sample));
    }

    @Override
    public void putKey(String map, InteropCase which) {
        map(map).put(ownValue(which), which.label());
    }

    @Override
    public String checkKey(String map, InteropCase which) {
        return Description.compare(which.label(), map(map).get(ownValue(which)));
    }

    @SuppressWarnings("NullAway") // A value stays one.
    private Object ownValue(InteropCase which) {
        return deep(which.value(), this::own);
    }

    @SuppressWarnings("JdkObsolete") // One of the types that are exchanged.
    private static @Nullable Object deep(@Nullable Object value, UnaryOperator<@Nullable Object> change) {
        if (value instanceof LinkedList<?> list) {
            return new LinkedList<>(changed(list, change));
        }
        if (value instanceof ArrayList<?> list) {
            return changed(list, change);
        }
        return change.apply(value);
    }

    private static List<@Nullable Object> changed(List<?> list, UnaryOperator<@Nullable Object> change) {
        List<@Nullable Object> changed = new ArrayList<>();
        list.forEach(each -> changed.add(change.apply(each)));
        return changed;
    }
}
