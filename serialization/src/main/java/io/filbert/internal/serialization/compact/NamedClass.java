// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.internal.serialization.stream.Classes;
import org.jspecify.annotations.Nullable;

/** Finds the class whose name is the type name of an object that somebody else has written: loaded, but not initialised. */
final class NamedClass {

    private static final String[] FORBIDDEN = {"java.", "javax.", "jdk.", "sun.", "com.sun."};

    private NamedClass() {}

    /** Whether there may be a class of this name that objects may be made of. */
    static boolean isPermitted(String typeName) {
        for (String prefix : FORBIDDEN) {
            if (typeName.startsWith(prefix)) {
                return false;
            }
        }
        return !typeName.isEmpty() && Character.isJavaIdentifierStart(typeName.charAt(0));
    }

    /** The class of this name; null if there is none. */
    static @Nullable Class<?> find(Classes classes, String typeName) {
        try {
            return classes.find(typeName);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Whether a class belongs to the JDK. */
    static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}
