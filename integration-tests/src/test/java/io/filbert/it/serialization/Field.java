// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A field of a structured value. Its kind is what the methods {@code write…} and {@code read…} are called after in every client,
 * which is how all kinds are reached without a line for each and client.
 *
 * @param kind the end of the methods' names
 * @param value what it holds
 * @param absent what it holds in the value that lacks as much as possible
 */
record Field(String kind, @Nullable Object value, @Nullable Object absent) {

    /** What it holds in the value whose arrays of any kind are empty. */
    @Nullable
    Object withoutElements() {
        return value != null && value.getClass().isArray()
                ? Array.newInstance(value.getClass().getComponentType(), 0)
                : value;
    }

    /** The name of the field, where fields have names. */
    String name() {
        return Character.toLowerCase(kind.charAt(0)) + kind.substring(1);
    }

    /** Calls the method for this kind of the interface of a client, such as {@code writeInt} of a writer. */
    @Nullable
    Object call(Class<?> api, Object target, String verb, @Nullable Object... arguments) {
        Method method = Arrays.stream(api.getMethods())
                .filter(each -> each.getName().equals(verb + kind) && each.getParameterCount() == arguments.length)
                .findAny()
                .orElseThrow(() -> new AssertionError("No method " + verb + kind + " in " + api));
        try {
            return method.invoke(target, arguments);
        } catch (IllegalAccessException e) {
            throw new AssertionError(method + " is not public", e);
        } catch (InvocationTargetException e) {
            // As if it had been called without reflection: clients have errors of their own that must come through.
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(method + " failed: " + e.getCause(), e.getCause());
        }
    }
}
