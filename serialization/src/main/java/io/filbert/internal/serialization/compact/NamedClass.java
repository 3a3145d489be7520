// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.internal.serialization.stream.Classes;
import java.lang.module.ModuleFinder;
import org.jspecify.annotations.Nullable;

/** Finds the class whose name is the type name of an object that somebody else has written: loaded, but not initialised. */
final class NamedClass {

    private NamedClass() {}

    /** Whether there may be a class of this name that objects may be made of. */
    static boolean isPermitted(String typeName) {
        return !typeName.isEmpty()
                && !typeName.startsWith("java.")
                && Character.isJavaIdentifierStart(typeName.charAt(0));
    }

    /** The class of this name; null if there is none. */
    static @Nullable Class<?> find(Classes classes, String typeName) {
        try {
            return classes.find(typeName);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Whether a class belongs to the JDK, whose tools are loaded as programs are. Its name does not say: others use such names too. */
    static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        String module = type.getModule().getName();
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
            return true;
        }
        return module != null
                && module.startsWith("jdk.")
                && ModuleFinder.ofSystem().find(module).isPresent();
    }
}
