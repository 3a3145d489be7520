// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import io.filbert.config.SerializationConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.ObjectForm;
import io.filbert.internal.serialization.stream.TypeId;
import java.io.Externalizable;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** The form of externalizable objects: the name of the class, then a Java object stream with what the object writes. Immutable. */
public final class ExternalizableForm implements ObjectForm {

    private final ObjectStreams streams;

    public ExternalizableForm(SerializationConfig config) {
        streams = new ObjectStreams(config);
    }

    @Override
    public int typeId() {
        return TypeId.EXTERNALIZABLE;
    }

    @Override
    public void write(DataWriter out, Object object) throws IOException {
        Class<?> type = object.getClass();
        if (!out.isForMembersOnly()) {
            StreamFilter filter = streams.filter(0);
            if (!filter.admits(type)) {
                throw JavaFormErrors.notReadable(type, type, filter.refusal());
            }
            String obstacle = obstacle(type);
            if (obstacle != null) {
                throw JavaFormErrors.notReadable(type, type, obstacle);
            }
        }
        out.writeString(type.getName());
        streams.write(out, object, stream -> ((Externalizable) object).writeExternal(stream));
    }

    @Override
    public @Nullable Object read(DataReader in) throws IOException {
        int offset = in.position();
        String className = in.readString();
        if (className == null) {
            throw in.malformed(offset, "the object has no class name", null);
        }
        StreamFilter filter = streams.filter(in);
        Class<?> type;
        try {
            type = in.classes().find(className);
        } catch (ClassNotFoundException e) {
            throw ObjectStreams.unknownClass(in, e);
        }
        if (!filter.admits(type)) {
            throw ObjectStreams.refused(in, filter, null);
        }
        if (!Externalizable.class.isAssignableFrom(type)) {
            throw in.malformed(offset, className + " is not externalizable here", null);
        }
        Externalizable object = (Externalizable) instance(type, in);
        streams.read(in, filter, stream -> {
            object.readExternal(stream);
            return object;
        });
        return object;
    }

    /** Here the constructor need not be public, as on the members. */
    private static @Nullable String obstacle(Class<?> type) {
        try {
            type.getDeclaredConstructor().setAccessible(true);
            return null;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return "the class " + type.getName() + " has no constructor without parameters that this client may call ("
                    + e + "). Add a public one";
        }
    }

    private static Object instance(Class<?> type, DataReader in) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true); // members do so too: public would be the rule, but many are not
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            if (cause instanceof VirtualMachineError fatal) {
                throw fatal;
            }
            throw cannotMake(type, in, cause == null ? e : cause);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw cannotMake(type, in, e);
        }
    }

    private static SerializationException cannotMake(Class<?> type, DataReader in, Throwable cause) {
        return new SerializationException(
                "Cannot deserialize type id " + in.typeId() + " (java.io.Externalizable) at offset " + in.position()
                        + ": " + type.getName() + " could not be made: " + cause
                        + ". Give it a public constructor without parameters that does not fail",
                cause);
    }
}
