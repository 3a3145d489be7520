// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Small steps of building code out of code. */
final class Handles {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private Handles() {}

    /** A method of this package, which exists. */
    static MethodHandle virtual(Class<?> type, String name, MethodType signature) {
        try {
            return LOOKUP.findVirtual(type, name, signature);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("A method of ours is missing: " + name, e);
        }
    }

    /** The method of one object of an interface of ours. */
    static MethodHandle interfaceMethod(Class<?> type, String name, MethodType signature, Object receiver) {
        return virtual(type, name, signature).bindTo(receiver);
    }

    /** A function as {@code from -> to}. */
    static MethodHandle function(Function<@Nullable Object, @Nullable Object> function, Class<?> from, Class<?> to) {
        return virtual(Function.class, "apply", MethodType.methodType(Object.class, Object.class))
                .bindTo(function)
                .asType(MethodType.methodType(to, from));
    }

    /** The same with another type of result, numbers cut to size. */
    static MethodHandle returning(MethodHandle handle, Class<?> type) {
        return MethodHandles.explicitCastArguments(handle, handle.type().changeReturnType(type));
    }

    /** One after the other: all take the same arguments and return nothing. As a tree, because the JVM compiles deep chains badly. */
    static MethodHandle sequence(List<MethodHandle> steps) {
        if (steps.size() == 1) {
            return steps.get(0);
        }
        int half = steps.size() / 2;
        return MethodHandles.foldArguments(
                sequence(steps.subList(half, steps.size())), sequence(steps.subList(0, half)));
    }
}
