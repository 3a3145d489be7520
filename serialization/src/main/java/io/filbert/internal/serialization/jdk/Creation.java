// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import java.io.Externalizable;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** What object streams need to create an object of a class, which they only miss when they read. */
final class Creation {

    private static final String NONE = "";

    /** The answers are kept with the classes, so that none is kept from being unloaded. */
    private static final ClassValue<String> OBSTACLES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return find(type);
        }
    };

    private Creation() {}

    /** Why no object of the class can be created from a stream, and what to change; null if one can. */
    static @Nullable String obstacle(Class<?> type) {
        String obstacle = OBSTACLES.get(type);
        return obstacle.isEmpty() ? null : obstacle;
    }

    private static String find(Class<?> type) {
        if (type.isArray()
                || type.isRecord()
                || Enum.class.isAssignableFrom(type)
                || !Serializable.class.isAssignableFrom(type)
                || type.getClassLoader() == null) {
            return NONE;
        }
        if (Externalizable.class.isAssignableFrom(type)) {
            Constructor<?> constructor = constructor(type);
            return constructor != null && Modifier.isPublic(constructor.getModifiers())
                    ? NONE
                    : "the class " + type.getName()
                            + " has no public constructor without parameters, which externalizable"
                            + " objects are created by. Add one";
        }
        Class<?> parent = type.getSuperclass();
        while (Serializable.class.isAssignableFrom(parent)) {
            parent = parent.getSuperclass();
        }
        Constructor<?> constructor = constructor(parent);
        return constructor != null && isVisible(constructor, parent, type)
                ? NONE
                : "the class " + parent.getName() + ", which " + type.getName()
                        + " extends, is not Serializable and has no" + " constructor without parameters that "
                        + type.getName() + " may call. Add one";
    }

    private static boolean isVisible(Constructor<?> constructor, Class<?> parent, Class<?> type) {
        int modifiers = constructor.getModifiers();
        if (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers)) {
            return true;
        }
        return !Modifier.isPrivate(modifiers)
                && parent.getClassLoader() == type.getClassLoader()
                && parent.getPackageName().equals(type.getPackageName());
    }

    private static @Nullable Constructor<?> constructor(Class<?> type) {
        try {
            return type.getDeclaredConstructor();
        } catch (NoSuchMethodException | LinkageError e) {
            return null;
        }
    }
}
