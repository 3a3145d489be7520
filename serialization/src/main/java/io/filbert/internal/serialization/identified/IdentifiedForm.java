// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.identified;

import io.filbert.config.SerializationConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.schema.UnknownSchemaException;
import io.filbert.internal.serialization.stream.ById;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.ObjectForm;
import io.filbert.internal.serialization.stream.TypeId;
import io.filbert.serialization.DataSerializableFactory;
import io.filbert.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The form of all identified objects: one byte of flags, factory id, class id, then what the object writes. Factory ids below 1
 * belong to the members; what they send under those is read by {@link MemberObjects}. Immutable.
 */
public final class IdentifiedForm implements ObjectForm {

    /** In the flags: two numbers name the class. Otherwise its name does, which only a JVM with that class can read. */
    static final int BY_NUMBER = 1;
    /** In the flags: two bytes with the version of a class of the members follow, which Enterprise members write. */
    private static final int VERSIONED = 2;

    private final ById<DataSerializableFactory> factories;

    public IdentifiedForm(SerializationConfig config) {
        factories = new ById<>(config.dataSerializableFactories());
    }

    /** Whether objects of the class are of this form. */
    public static boolean fits(Class<?> type) {
        return IdentifiedDataSerializable.class.isAssignableFrom(type) || type == ReliableTopicMessage.class;
    }

    @Override
    public int typeId() {
        return TypeId.IDENTIFIED;
    }

    @Override
    public void write(DataWriter out, Object object) throws IOException {
        if (object instanceof ReliableTopicMessage message) {
            MemberObjects.write(out, message);
            return;
        }
        IdentifiedDataSerializable identified = (IdentifiedDataSerializable) object;
        out.writeByte(BY_NUMBER);
        // Ids below 1 too: whoever names a class of the members, such as one of their predicates, means it.
        out.writeInt(identified.getFactoryId());
        out.writeInt(identified.getClassId());
        identified.writeData(out);
    }

    @Override
    public @Nullable Object read(DataReader in) throws IOException {
        int flags = in.readByte();
        if ((flags & BY_NUMBER) == 0) {
            throw byClassName(in);
        }
        int offset = in.position();
        int factoryId = in.readInt();
        int classId = in.readInt();
        if ((flags & VERSIONED) != 0) {
            in.readShort();
        }
        if (factoryId <= 0) {
            return MemberObjects.read(factoryId, classId, offset, in);
        }
        IdentifiedDataSerializable object = create(factoryId, classId, offset);
        try {
            object.readData(in);
        } catch (SerializationException | UnknownSchemaException | VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw failed(
                    factoryId,
                    classId,
                    offset,
                    "readData of " + object.getClass().getName() + " failed: " + e,
                    e);
        }
        return object;
    }

    /** The object may say that it is of another class id: a class that replaces an older one, and is written as itself from then on. */
    private IdentifiedDataSerializable create(int factoryId, int classId, int offset) {
        DataSerializableFactory factory = factories.get(factoryId);
        if (factory == null) {
            throw failed(
                    factoryId,
                    classId,
                    offset,
                    "no factory has that id; those registered are " + factories.ids()
                            + ". Register one that knows the class (dataSerializableFactories)",
                    null);
        }
        IdentifiedDataSerializable object;
        try {
            object = factory.create(classId);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw failed(factoryId, classId, offset, "the factory (dataSerializableFactories) failed: " + e, e);
        }
        if (object == null) {
            throw failed(
                    factoryId,
                    classId,
                    offset,
                    "the factory (dataSerializableFactories) does not know that class. Let it make one for this class id",
                    null);
        }
        return object;
    }

    static SerializationException failed(
            int factoryId, int classId, int offset, String problem, @Nullable Throwable cause) {
        return new SerializationException(
                "Cannot deserialize type id " + TypeId.IDENTIFIED + " (IdentifiedDataSerializable) of factory id "
                        + factoryId + ", class id " + classId + " at offset " + offset + ": " + problem,
                cause);
    }

    private static SerializationException byClassName(DataReader in) {
        int offset = in.position();
        String className = in.readString();
        return new SerializationException("Cannot deserialize type id " + TypeId.IDENTIFIED
                + " (DataSerializable) at offset " + offset + ": only a program with the class " + className
                + " can read it, because nothing but its name tells what follows. Let the class implement"
                + " IdentifiedDataSerializable, or write it in compact form, and store the object again");
    }
}
