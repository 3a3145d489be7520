// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import io.filbert.error.SerializationException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** The words of the errors about writing Java object streams. */
final class JavaFormErrors {

    private JavaFormErrors() {}

    /** An object whose class this client would refuse to read. */
    static SerializationException notReadable(Class<?> root, Class<?> type, @Nullable String reason) {
        return new SerializationException(
                "Cannot serialize an object of " + root.getTypeName()
                        + " by Java serialization, because this client could not read it again: " + reason + "."
                        + otherForm(type),
                new InvalidClassException(type.getName(), "not readable here"));
    }

    private static String otherForm(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        boolean mayBeCompact = element.getClassLoader() != null
                && element.getClassLoader() != ClassLoader.getPlatformClassLoader()
                && !Modifier.isAbstract(element.getModifiers())
                && !element.isEnum()
                && !element.isHidden();
        return mayBeCompact
                ? " Or store it in compact form: compactClasses(" + element.getSimpleName()
                        + ".class), or a serializer (compactSerializers, customSerializers)"
                : "";
    }

    /** An object in the graph that Java serialization does not take. */
    static SerializationException notSerializable(Class<?> root, NotSerializableException cause) {
        String remedy = root.isArray()
                ? "Use an ArrayList or an Object[] in place of the " + root.getTypeName()
                        + ", whose items are stored in any form"
                : "Let that class implement java.io.Serializable, or store the object in another form: compactClasses, or a"
                        + " serializer (compactSerializers, customSerializers)";
        return new SerializationException(
                "Cannot serialize an object of " + root.getTypeName() + " by Java serialization: " + cause.getMessage()
                        + ", which is in it, does not implement java.io.Serializable (" + cause + "). " + remedy,
                cause);
    }

    static SerializationException notReadableAgain(Class<?> root, String objection) {
        return new SerializationException("Cannot serialize an object of " + root.getTypeName()
                + " by Java serialization, because this client could not read it again: " + objection);
    }
}
