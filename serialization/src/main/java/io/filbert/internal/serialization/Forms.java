// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import io.filbert.config.ClientConfig;
import io.filbert.config.PartitioningStrategy;
import io.filbert.config.SerializationConfig;
import io.filbert.error.ClientClosedException;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.EitherForm.Choice;
import io.filbert.internal.serialization.builtin.BuiltInForm;
import io.filbert.internal.serialization.builtin.BuiltInTypes;
import io.filbert.internal.serialization.builtin.ImmutableTypes;
import io.filbert.internal.serialization.builtin.NestedTypes;
import io.filbert.internal.serialization.compact.CompactForms;
import io.filbert.internal.serialization.custom.CustomForms;
import io.filbert.internal.serialization.identified.IdentifiedForm;
import io.filbert.internal.serialization.jdk.ExternalizableForm;
import io.filbert.internal.serialization.jdk.SerializableForm;
import io.filbert.internal.serialization.portable.PortableForm;
import io.filbert.internal.serialization.schema.SchemaStore;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.internal.serialization.schema.UnknownSchemaException;
import io.filbert.internal.serialization.stream.Bytes;
import io.filbert.internal.serialization.stream.Classes;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.DecodeElsewhere;
import io.filbert.internal.serialization.stream.ObjectForm;
import io.filbert.internal.serialization.stream.ObjectForms;
import io.filbert.internal.serialization.stream.ScratchBuffers;
import io.filbert.internal.serialization.stream.SerializationErrors;
import io.filbert.internal.serialization.stream.TypeId;
import io.filbert.serialization.PartitionAware;
import io.filbert.serialization.Portable;
import java.io.Externalizable;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * All forms of one client: finds the one of an object by its class, in the order of precedence, and the one of bytes by their type
 * id. What code of the user throws is wrapped here, where class and type id are known. Thread-safe.
 */
final class Forms implements ObjectForms {

    private final boolean bigEndian;
    private final CompactForms compact;
    private final IdentifiedForm identified;
    private final PortableForm portable;
    private final CustomForms custom;
    private final ExternalizableForm externalizable;
    private final SerializableForm serializable;
    private final ScratchBuffers scratch = new ScratchBuffers();
    private final Queue<WeakReference<Class<?>>> chosen = new ConcurrentLinkedQueue<>();
    private final boolean closed;

    /** Kept with the classes, so that none is kept from being unloaded while the client lives. */
    private final ClassValue<ObjectForm> byClass = new ClassValue<>() {
        @Override
        protected ObjectForm computeValue(Class<?> type) {
            ObjectForm form = choose(type);
            chosen.add(new WeakReference<>(type));
            return form;
        }
    };

    private final Classes classes;
    private final ClusterRelease release;
    private final boolean serializableAsCompact;

    Forms(SerializationConfig config, Schemas schemas, SchemaStore store, ClusterRelease release) {
        this(config, schemas, store, release, false);
    }

    /** Those of a client that is closed: only built-in ones. */
    static Forms ofClosedClient(boolean bigEndian) {
        SerializationConfig config =
                ClientConfig.builder().isBigEndian(bigEndian).build().serialization();
        return new Forms(config, new Schemas(), schema -> {}, ClusterRelease.NEWEST, true);
    }

    private Forms(
            SerializationConfig config, Schemas schemas, SchemaStore store, ClusterRelease release, boolean closed) {
        this.closed = closed;
        classes = new Classes(config.classLoader());
        this.release = release;
        serializableAsCompact = config.serializableAsCompact();
        bigEndian = config.bigEndian();
        compact = new CompactForms(config, schemas, store);
        identified = new IdentifiedForm(config);
        portable = new PortableForm(config);
        custom = new CustomForms(config);
        externalizable = new ExternalizableForm(config);
        serializable = new SerializableForm(config);
    }

    // ---- which form

    private ObjectForm formOf(Class<?> type) {
        ObjectForm form = byClass.get(type);
        return form instanceof EitherForm either ? either.at(release) : form;
    }

    /** The order is part of the contract: another one would write other bytes for the same object. */
    private ObjectForm choose(Class<?> type) {
        ObjectForm form = compact.registered(type);
        if (form != null) {
            return form;
        }
        if (!closed && IdentifiedForm.fits(type)) {
            return identified;
        }
        if (!closed && Portable.class.isAssignableFrom(type)) {
            return portable;
        }
        int builtIn = BuiltInTypes.idOf(type);
        if (builtIn != TypeId.NULL) {
            form = new BuiltInForm(builtIn);
            if (builtIn == TypeId.OPTIONAL) {
                return new EitherForm(form, new RefusedForm(builtIn, "4.2"), Choice.SINCE_4_2);
            }
            return isDate(builtIn) ? new EitherForm(form, serializable, Choice.SINCE_5_0) : form;
        }
        if (closed) {
            throw new ClientClosedException("The client is closed", null, false);
        }
        form = custom.registered(type);
        if (form != null) {
            return form;
        }
        form = custom.global();
        if (form != null) {
            return form;
        }
        if (Externalizable.class.isAssignableFrom(type)) {
            return externalizable;
        }
        form = immutable(type);
        if (form != null) {
            return form;
        }
        if (Serializable.class.isAssignableFrom(type)) {
            form = serializableAsCompact ? compact.fieldByField(type) : null;
            return form == null ? serializable : new EitherForm(form, serializable, Choice.SINCE_5_2);
        }
        form = compact.fieldByField(type);
        if (form != null) {
            return form;
        }
        throw SerializationErrors.unsupportedClass(type, compact.obstacle(type));
    }

    /** Members before 5.0 have no form of their own for these. */
    private static boolean isDate(int typeId) {
        return typeId <= TypeId.LOCAL_DATE && typeId >= TypeId.OFFSET_DATE_TIME;
    }

    /** By Java serialization, as on the members, as long as it takes the items. */
    private @Nullable ObjectForm immutable(Class<?> type) {
        int equal = ImmutableTypes.idOfEqual(type);
        if (equal == TypeId.NULL) {
            return null;
        }
        ObjectForm itemByItem = new BuiltInForm(equal);
        if (!Serializable.class.isAssignableFrom(type)) {
            return itemByItem;
        }
        ObjectForm byContent = new EitherForm(serializable, itemByItem, Choice.BY_CONTENT);
        return serializableAsCompact ? new EitherForm(itemByItem, byContent, Choice.SINCE_5_2) : byContent;
    }

    // ---- write

    /** The serialized form of an object that only members read: this client need not be able to. */
    Data toDataForMembers(Object object) {
        return toDataOfUnknownSize(formOf(object.getClass()), object, false, true);
    }

    /** The serialized form of an object, placed by its partition key if it is partition aware. */
    Data toData(Object object) {
        return toData(object, true);
    }

    /** The serialized form of an object that is placed by its own bytes. */
    Data toUnplacedData(Object object) {
        return toData(object, false);
    }

    private Data toData(Object object, boolean mayBePlaced) {
        ObjectForm form = formOf(object.getClass());
        if (form instanceof BuiltInForm builtIn) {
            if (builtIn.typeId() == TypeId.JSON) {
                return DataWriter.textToData(TypeId.JSON, object.toString(), bigEndian);
            }
            long size = NestedTypes.size(builtIn.typeId(), object);
            if (size >= 0) {
                DataWriter out = new DataWriter(builtIn.typeId(), size, bigEndian, this);
                NestedTypes.write(builtIn.typeId(), out, object);
                return out.toData();
            }
        }
        return toDataOfUnknownSize(form, object, mayBePlaced, false);
    }

    private Data toDataOfUnknownSize(ObjectForm form, Object object, boolean mayBePlaced, boolean forMembersOnly) {
        DataWriter out = new DataWriter(scratch.take(), form.typeId(), bigEndian, this);
        if (forMembersOnly) {
            out.setForMembersOnly();
        }
        try {
            out.setTypeId(write(form, out, object));
            if (mayBePlaced && object instanceof PartitionAware aware) {
                setPartition(out, aware);
            }
            return out.copyToData();
        } catch (StackOverflowError e) {
            throw SerializationErrors.endless(object.getClass(), e);
        } finally {
            scratch.give(out.buffer());
        }
    }

    /** A partition key is placed by its bytes, as on the members, even if it has a partition key itself. */
    private void setPartition(DataWriter out, PartitionAware aware) {
        Object key;
        try {
            key = aware.getPartitionKey();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw SerializationErrors.writeFailed(formOf(aware.getClass()).typeId(), aware.getClass(), e);
        }
        if (key != null && key != aware) {
            out.setPartitionHash(toUnplacedData(key).partitionHash());
        }
    }

    /** The data of an object with the partition that a strategy chooses. */
    Data placed(PartitioningStrategy strategy, Object object, Data data) {
        Object key;
        try {
            key = strategy.partitionKey(object);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw new SerializationException(
                    "The partitioningStrategy failed for an object of "
                            + object.getClass().getTypeName() + ": " + e,
                    e);
        }
        if (key == null || key == object) {
            return data;
        }
        byte[] bytes = data.bytes().clone();
        Bytes.putInt(bytes, 0, toUnplacedData(key).partitionHash(), true);
        return Data.of(bytes);
    }

    /** Most objects inside others are of these classes too: no look at the table for them. */
    @Override
    public void write(DataWriter out, Object object) {
        if (object instanceof String text) {
            out.writeInt(TypeId.STRING);
            out.writeString(text);
        } else if (object instanceof Integer number) {
            out.writeInt(TypeId.INTEGER);
            out.writeInt(number);
        } else if (object instanceof Long number) {
            out.writeInt(TypeId.LONG);
            out.writeLong(number);
        } else {
            writeOther(out, object);
        }
    }

    private void writeOther(DataWriter out, Object object) {
        ObjectForm form = formOf(object.getClass());
        int at = out.position();
        out.writeInt(form.typeId());
        int typeId = write(form, out, object);
        if (typeId != form.typeId()) {
            out.putIntAt(at, typeId);
        }
    }

    /** Returns the type id of the form that was written. */
    private static int write(ObjectForm form, DataWriter out, Object object) {
        if (!(form instanceof EitherForm either)) {
            writeIn(form, out, object);
            return form.typeId();
        }
        int start = out.position();
        try {
            writeIn(either.first(), out, object);
            return either.first().typeId();
        } catch (SerializationException e) {
            if (!(e.getCause() instanceof ObjectStreamException)) {
                throw e;
            }
            out.rewind(start);
            writeIn(either.second(), out, object);
            return either.second().typeId();
        }
    }

    private static void writeIn(ObjectForm form, DataWriter out, Object object) {
        try {
            form.write(out, object);
        } catch (SerializationException | VirtualMachineError e) {
            throw e;
        } catch (Throwable e) { // whatever code of the user throws
            throw SerializationErrors.writeFailed(form.typeId(), object.getClass(), e);
        }
    }

    @Override
    public Classes classes() {
        return classes;
    }

    // ---- read

    /** Reads the object a cursor is for. */
    @Nullable
    Object readWhole(int typeId, DataReader in) {
        Object object;
        try {
            object = read(typeId, in);
        } catch (Throwable e) {
            if (in.signal() != null) {
                throw in.signal();
            }
            if (e instanceof StackOverflowError endless) {
                throw SerializationErrors.endless(typeId, in.position(), endless);
            }
            throw e;
        }
        if (in.signal() != null) {
            throw in.signal();
        }
        return object;
    }

    @Override
    public @Nullable Object read(int typeId, DataReader in) {
        if (typeId > 0) {
            return readOfUser(typeId, in);
        }
        return switch (typeId) {
            case TypeId.PORTABLE, TypeId.IDENTIFIED, TypeId.COMPACT, TypeId.SERIALIZABLE, TypeId.EXTERNALIZABLE ->
                readOfUser(typeId, in);
            default -> NestedTypes.read(typeId, in);
        };
    }

    private @Nullable Object readOfUser(int typeId, DataReader in) {
        DecodeElsewhere.unlessUserCodeMayRun();
        if (closed) {
            throw SerializationErrors.closed(typeId, in.position());
        }
        try {
            return switch (typeId) {
                case TypeId.PORTABLE -> portable.read(in);
                case TypeId.IDENTIFIED -> identified.read(in);
                case TypeId.COMPACT -> compact.read(in);
                case TypeId.SERIALIZABLE -> serializable.read(in);
                case TypeId.EXTERNALIZABLE -> externalizable.read(in);
                default -> custom.read(typeId, in);
            };
        } catch (SerializationException | UnknownSchemaException | VirtualMachineError e) {
            throw e;
        } catch (Throwable e) { // whatever code of the user throws
            throw SerializationErrors.readFailed(typeId, in.position(), e);
        }
    }

    /** Tells the user's serializers that the client has ended. */
    void destroy() {
        try {
            custom.destroy();
        } finally {
            compact.destroy();
            classes.close();
            for (WeakReference<Class<?>> each : chosen) {
                Class<?> type = each.get();
                if (type != null) {
                    byClass.remove(type);
                }
            }
            chosen.clear();
        }
    }
}
