// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Classes by the names found in serialized objects. They are never initialized here: a name alone must not run code of the class it
 * names. Class loaders are asked, though, which may be slow: not for threads that must not wait.
 */
public final class Classes {
    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "boolean", boolean.class,
            "byte", byte.class,
            "char", char.class,
            "short", short.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class,
            "void", void.class);

    private Classes() {}

    /**
     * The class, array or primitive type with this name, as {@link Class#getName} gives it. The calling thread's context class loader
     * is asked first, because an application may have several, then the one that loaded this client.
     *
     * @throws ClassNotFoundException if neither has it, or not in a form that can be used
     */
    public static Class<?> find(String name) throws ClassNotFoundException {
        Class<?> primitive = PRIMITIVES.get(name);
        if (primitive != null) {
            return primitive;
        }
        ClassLoader own = Classes.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context == null || context == own) {
            return load(name, own);
        }
        try {
            return load(name, context);
        } catch (ClassNotFoundException e) {
            try {
                return load(name, own);
            } catch (ClassNotFoundException again) {
                e.addSuppressed(again);
                throw e;
            }
        }
    }

    private static Class<?> load(String name, @Nullable ClassLoader loader) throws ClassNotFoundException {
        try {
            return Class.forName(name, false, loader);
        } catch (LinkageError | RuntimeException e) {
            // Found, but not what it should be, or not all of it; or the loader, which may be anybody's, cannot bear
            // the name.
            throw new ClassNotFoundException(name, e);
        }
    }
}
