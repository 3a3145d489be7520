// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import io.filbert.config.SerializationConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.stream.Classes;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.TypeId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Java object streams inside serialized objects. A stream takes from the bytes around it what it needs and no more, so that others may
 * follow. Whatever is read passes a {@link StreamFilter}. Immutable.
 */
final class ObjectStreams {

    private final AllowedClasses allowed;
    private final @Nullable ObjectInputFilter filterOfUser;
    private final int maxDecompressedBytes;

    ObjectStreams(SerializationConfig config) {
        allowed = new AllowedClasses(config.javaSerializationAllowed());
        filterOfUser = config.javaSerializationFilter();
        maxDecompressedBytes = config.maxDecompressedBytes();
    }

    interface Writing {
        void write(ObjectOutputStream out) throws IOException;
    }

    interface Reading {
        @Nullable
        Object read(ObjectInputStream in) throws IOException, ClassNotFoundException;
    }

    /**
     * Writes an object, and refuses what could not be read again, unless it is for members only.
     *
     * @throws SerializationException if something in it is refused, or is not serializable
     */
    void write(DataWriter out, Object object, Writing writing) throws IOException {
        int start = out.position();
        try {
            if (out.isForMembersOnly()) {
                ObjectOutputStream stream = new ObjectOutputStream(out.asStream());
                writing.write(stream);
                stream.flush();
            } else {
                CheckedOutput stream = new CheckedOutput(out.asStream(), object.getClass(), filter(0));
                writing.write(stream);
                stream.finish(out, start);
            }
        } catch (NotSerializableException e) {
            throw JavaFormErrors.notSerializable(object.getClass(), e);
        }
    }

    StreamFilter filter(long bytes) {
        return new StreamFilter(allowed, filterOfUser, bytes);
    }

    /** The filter for one object read from here. */
    StreamFilter filter(DataReader in) {
        return filter(in.size() - in.position());
    }

    @Nullable
    Object read(DataReader in, StreamFilter filter, Reading reading) throws IOException {
        InputStream bytes = in.asStream();
        if (Gzip.startsAt(in)) {
            byte[] inflated = Gzip.inflate(in, maxDecompressedBytes);
            filter.streamHas(inflated.length);
            bytes = new ByteArrayInputStream(inflated);
            requireQuickHashing(in, inflated, 0, inflated.length);
        } else {
            requireQuickHashing(in, in.buffer(), in.start() + in.position(), in.start() + in.limit());
        }
        try (GuardedStream stream = new GuardedStream(bytes, filter, in.classes())) {
            return reading.read(stream);
        } catch (InvalidClassException e) {
            throw filter.refusal() == null ? doesNotFit(in, e) : refused(in, filter, e);
        } catch (ClassNotFoundException e) {
            throw unknownClass(in, e);
        } catch (StackOverflowError e) {
            throw new SerializationException(
                    where(in) + "the objects nest too deep for the stack, or contain themselves", e);
        } catch (InternalError e) {
            if (isOfCollections(e)) {
                throw new SerializationException(
                        where(in) + "a map or set of the JDK makes no sense: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private static void requireQuickHashing(DataReader in, byte[] bytes, int from, int to) {
        String objection = HashWork.objection(bytes, from, to, name -> isRecord(name, in.classes()));
        if (objection != null) {
            throw new SerializationException(where(in) + objection);
        }
    }

    private static boolean isRecord(String name, Classes classes) {
        try {
            return classes.find(name).isRecord();
        } catch (ClassNotFoundException e) {
            return false; // reading will say so
        }
    }

    /** Whether it is the answer of the JDK's immutable collections to bytes with a key that has no value. */
    private static boolean isOfCollections(InternalError e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith("java.util.ImmutableCollections");
    }

    static SerializationException refused(DataReader in, StreamFilter filter, @Nullable Throwable cause) {
        return new SerializationException(where(in) + filter.refusal(), cause);
    }

    static SerializationException unknownClass(DataReader in, ClassNotFoundException cause) {
        return new SerializationException(
                where(in) + "this program does not have the class " + cause.getMessage()
                        + ". Add it to the class path, or store the object in another form, such as compact",
                cause);
    }

    /** The exception names the class, and says in what it differs. */
    private static SerializationException doesNotFit(DataReader in, InvalidClassException cause) {
        return new SerializationException(
                where(in) + "the class of this program is not the one the object was written with: "
                        + cause.getMessage()
                        + ". Use the same version of the class on both sides; if the fields of the two fit together,"
                        + " declare in both the serialVersionUID of the object; or store the object in another form,"
                        + " such as compact, which bears fields that come and go",
                cause);
    }

    private static String where(DataReader in) {
        return "Cannot deserialize type id " + in.typeId() + " (" + TypeId.nameOf(in.typeId()) + "), of which "
                + in.position() + " bytes had been read: ";
    }
}
