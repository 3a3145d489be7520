// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls a constructor with more parameters than composed code may have: through an array of values. Immutable. */
final class ManyValues {

    private final MethodHandle constructor; // Object[] -> Object
    private final MethodHandle[] values; // SlotReader -> Object

    private ManyValues(MethodHandle constructor, MethodHandle[] values) {
        this.constructor = constructor;
        this.values = values;
    }

    /** {@code SlotReader -> Object}. */
    static MethodHandle constructing(MethodHandle constructor, List<MethodHandle> values) {
        MethodHandle spread = constructor
                .asType(constructor.type().changeReturnType(Object.class))
                .asSpreader(Object[].class, values.size());
        MethodHandle[] boxing = new MethodHandle[values.size()];
        for (int i = 0; i < boxing.length; i++) {
            boxing[i] = values.get(i).asType(MethodType.methodType(Object.class, SlotReader.class));
        }
        return Handles.virtual(ManyValues.class, "make", MethodType.methodType(Object.class, SlotReader.class))
                .bindTo(new ManyValues(spread, boxing));
    }

    Object make(SlotReader in) throws Throwable {
        @Nullable Object[] arguments = new @Nullable Object[values.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = (Object) values[i].invokeExact(in);
        }
        return (Object) constructor.invokeExact(arguments);
    }
}
