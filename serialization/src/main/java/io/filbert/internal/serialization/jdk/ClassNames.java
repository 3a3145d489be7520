// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import org.jspecify.annotations.Nullable;

/** Finds classes by name, without running any of their code. */
final class ClassNames {

    private ClassNames() {}

    /** The class as the calling thread knows it, else as the client does. */
    static Class<?> find(String name) throws ClassNotFoundException {
        @Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            try {
                return Class.forName(name, false, context);
            } catch (ClassNotFoundException e) {
                // the client's own may know it
            }
        }
        return Class.forName(name, false, ClassNames.class.getClassLoader());
    }
}
