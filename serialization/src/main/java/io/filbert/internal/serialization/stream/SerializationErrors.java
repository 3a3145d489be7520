// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import io.filbert.error.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The words of every serialization error. The methods are static and take plain numbers, so that a cursor on a hot path
 * does not have to exist as an object only because an error might need it.
 */
public final class SerializationErrors {
    private static final String SUSPECTS = "The bytes are damaged or were written by something else than the type id "
            + "says; check that this client, the members and the writer of the value use the same byte order and the "
            + "same serializers, then write the value again";

    private SerializationErrors() {}

    /** @param obstacle why the class cannot even be written field by field */
    public static SerializationException unsupportedClass(Class<?> type, String obstacle) {
        return new SerializationException("Cannot serialize an object of " + type.getName()
                + ": no form fits that class. Register a serializer for it (compactSerializers, customSerializers or "
                + "globalSerializer), let the class implement IdentifiedDataSerializable, Portable or java.io.Serializable, "
                + "or store something else instead. " + obstacle);
    }

    /** What code of the user threw while it wrote an object. */
    public static SerializationException writeFailed(int typeId, Class<?> type, Throwable cause) {
        return new SerializationException(
                "Cannot serialize an object of " + type.getName() + " as type id " + typeId + " ("
                        + TypeId.nameOf(typeId) + "): " + cause,
                cause);
    }

    /** What code of the user threw while it read an object. */
    public static SerializationException readFailed(int typeId, int offset, Throwable cause) {
        return new SerializationException(
                "Cannot deserialize type id " + typeId + " (" + TypeId.nameOf(typeId) + "), of which " + offset
                        + " bytes had been read: " + cause,
                cause);
    }

    public static SerializationException changedMeanwhile(Class<?> type, Throwable cause) {
        return new SerializationException(
                "Cannot serialize an object of " + type.getName()
                        + ": it was changed while it was written. Give a copy that nobody changes, or use one of the "
                        + "collections of java.util.concurrent",
                cause);
    }

    public static SerializationException endless(Class<?> type, StackOverflowError cause) {
        return new SerializationException(
                "Cannot serialize an object of " + type.getName()
                        + ": it nests too deep for the stack. Flatten the value, and check that no object contains itself",
                cause);
    }

    public static SerializationException endless(int typeId, int offset, StackOverflowError cause) {
        return malformed(typeId, offset, "the objects nest too deep for the stack", cause);
    }

    public static SerializationException tooLarge(String what, long size) {
        return new SerializationException("Cannot serialize " + what + ": it would take " + size
                + " bytes, more than the " + DataWriter.MAX_SIZE
                + " bytes that fit into one array. Split the value into several");
    }

    public static SerializationException tooDeepToWrite() {
        return new SerializationException("Cannot serialize an object that nests deeper than " + DataReader.MAX_DEPTH
                + " levels. Flatten the value, and check that no object contains itself");
    }

    public static SerializationException tooDeepToRead(int typeId, int offset) {
        return malformed(typeId, offset, "objects nest deeper than " + DataReader.MAX_DEPTH + " levels", null);
    }

    public static SerializationException unpairedSurrogate(int index) {
        return new SerializationException("Cannot serialize a string that has half of a character at index " + index
                + " (an unpaired surrogate): UTF-8 has no form for it. Cut strings between code points "
                + "(String.offsetByCodePoints), or write arbitrary data as byte[] or char[]");
    }

    public static SerializationException noHeader(int length) {
        return new SerializationException("Cannot deserialize " + length + " bytes: a serialized object starts with "
                + DataWriter.HEADER_SIZE + " bytes of partition hash and type id. " + SUSPECTS);
    }

    public static SerializationException unreadable(int typeId, int offset) {
        if (typeId == TypeId.COMPACT_WITH_SCHEMA) {
            return malformed(
                    typeId,
                    offset,
                    "clients have no reader for it, since members use this form among themselves only",
                    null);
        }
        return new SerializationException("Cannot deserialize type id " + typeId + " (" + TypeId.nameOf(typeId)
                + ") at offset " + offset
                + ": this client has no reader for it. Read it with a client that has one, or store the value in another form. "
                + "If nobody wrote such an object, the bytes are damaged");
    }

    /** A class is needed that this program does not have. */
    public static SerializationException noSuchClass(int typeId, int offset, String name, Throwable cause) {
        String shown = name.length() <= 200 ? name : name.substring(0, 200) + "...";
        return new SerializationException(
                "Cannot deserialize type id " + typeId + " (" + TypeId.nameOf(typeId) + ") at offset " + offset
                        + ": the class " + shown + " cannot be loaded ("
                        + cause.getClass().getSimpleName()
                        + "). Add it to the class path, or set the option classLoader to a loader that has it",
                cause);
    }

    /** An object that only needs code or configuration which a closed client has let go. */
    public static SerializationException closed(int typeId, int offset) {
        return new SerializationException(
                "Cannot deserialize type id " + typeId + " (" + TypeId.nameOf(typeId)
                        + ") at offset " + offset
                        + ": the client was closed before the object was read. Wait for the answers to your calls before you close the client");
    }

    public static SerializationException truncated(int typeId, int offset, long needed, int remaining) {
        return malformed(
                typeId,
                offset,
                needed + " bytes should follow but " + (remaining == 0 ? "none" : "only " + remaining)
                        + (remaining == 1 ? " is" : " are") + " left",
                null);
    }

    public static SerializationException badLength(int typeId, int offset, int length) {
        return malformed(typeId, offset, "the length " + length + " is negative", null);
    }

    public static SerializationException malformed(int typeId, int offset, String problem, @Nullable Throwable cause) {
        return new SerializationException(
                "Cannot deserialize type id " + typeId + " (" + TypeId.nameOf(typeId) + ") at offset " + offset + ": "
                        + problem + ". " + SUSPECTS,
                cause);
    }
}
