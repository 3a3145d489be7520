// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import io.filbert.config.SerializationConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.schema.UnknownSchemaException;
import io.filbert.internal.serialization.stream.ById;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.ObjectForm;
import io.filbert.internal.serialization.stream.TypeId;
import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.Portable;
import io.filbert.serialization.PortableFactory;

/**
 * The form of all portable objects. A body is: version, end, number of fields, a position for each field and one for the raw data,
 * then the fields, each with its name and type in front. Positions count from the first byte of the whole serialized form, in
 * whatever the object lies. Thread-safe.
 */
public final class PortableForm implements ObjectForm {

    final ClassDefinitions definitions;
    final int portableVersion;
    private final ById<PortableFactory> factories;

    /** @throws io.filbert.error.ConfigurationException if the class definitions contradict each other or one is missing */
    public PortableForm(SerializationConfig config) {
        portableVersion = config.portableVersion();
        definitions = new ClassDefinitions(config.bigEndian());
        factories = new ById<>(config.portableFactories());
        new ConfiguredDefinitions(config).registerIn(definitions);
    }

    @Override
    public int typeId() {
        return TypeId.PORTABLE;
    }

    // ---- write

    @Override
    public void write(DataWriter out, Object object) {
        Portable portable = (Portable) object;
        int factoryId = portable.getFactoryId();
        int classId = portable.getClassId();
        out.writeInt(factoryId);
        out.writeInt(classId);
        writeBody(out, portable, factoryId, classId);
    }

    void writeBody(DataWriter out, Portable portable, int factoryId, int classId) {
        Layout layout = layoutToWrite(out, portable, factoryId, classId);
        out.descend();
        FieldWriter writer = new FieldWriter(this, out, layout);
        try {
            portable.writePortable(writer);
        } catch (Throwable e) {
            throw failed(e, PortableErrors.writeFailed(portable, layout.definition, e));
        }
        writer.finish();
        out.ascend();
    }

    /** The definition of an object's class; the first object of a class is written twice, and makes it the first time. */
    Layout layoutToWrite(DataWriter out, Portable portable, int factoryId, int classId) {
        int version = versionOf(portable);
        Layout layout = definitions.find(factoryId, classId, version);
        if (layout == null || !layout.complete) {
            if (classId == 0) {
                throw PortableErrors.classIdZero(portable, factoryId);
            }
            layout = definitions.register(record(out, portable, factoryId, classId, version));
        }
        requireOwnVersion(layout);
        return layout;
    }

    private ClassDefinition record(DataWriter out, Portable portable, int factoryId, int classId, int version) {
        definitions.requireOneVersion(factoryId, classId, version);
        int start = out.position();
        out.descend();
        DefinitionRecorder recorder = new DefinitionRecorder(this, out, factoryId, classId, version);
        try {
            portable.writePortable(recorder);
        } catch (Throwable e) {
            throw failed(e, PortableErrors.writeFailed(portable, PortableErrors.name(factoryId, classId, version), e));
        }
        out.ascend();
        out.rewind(start);
        return recorder.definition();
    }

    // ---- read

    @Override
    public Object read(DataReader in) {
        int factoryId = in.readInt();
        int classId = in.readInt();
        return readBody(in, factoryId, classId);
    }

    /** Reads the object whose body is at the cursor, which is behind it afterwards. */
    Portable readBody(DataReader in, int factoryId, int classId) {
        FieldReader reader = new FieldReader(this, in, factoryId, classId);
        Portable portable = create(factoryId, classId, reader.version);
        int ownVersion = versionOf(portable);
        if (ownVersion == reader.version) {
            requireOwnVersion(reader.layout);
        } else {
            definitions.requireOneVersion(factoryId, classId, ownVersion);
            reader.morph();
        }
        in.descend();
        int outerEnd = in.narrow(reader.end);
        try {
            portable.readPortable(reader);
        } catch (Throwable e) {
            throw failed(e, PortableErrors.readFailed(factoryId, classId, reader.version, e));
        } finally {
            reader.finish();
            in.widen(outerEnd);
            in.ascend();
        }
        in.seek(reader.end);
        return portable;
    }

    Layout layoutToRead(DataReader in, Body body) {
        Layout layout = definitions.find(body.factoryId, body.classId, body.version);
        if (layout == null) {
            layout = new DefinitionDiscovery(this, in, body).discover(body);
        }
        if (layout.fields.length != body.fieldCount) {
            throw in.malformed(
                    in.position(),
                    "the object has " + body.fieldCount + " fields, " + PortableErrors.otherFields(layout.definition),
                    null);
        }
        return layout;
    }

    private Portable create(int factoryId, int classId, int version) {
        PortableFactory factory = factories.get(factoryId);
        if (factory == null) {
            throw PortableErrors.noFactory(factoryId, classId, version, factories.ids());
        }
        Portable portable = factory.create(classId);
        if (portable == null) {
            throw PortableErrors.noClass(factoryId, classId, version, factory);
        }
        return portable;
    }

    // ---- both

    private int versionOf(Portable portable) {
        int version = portable.getClassVersion();
        return version < 0 ? portableVersion : version;
    }

    private void requireOwnVersion(Layout layout) {
        if (!layout.ofOwnVersion) {
            ClassDefinition definition = layout.definition;
            definitions.requireOneVersion(definition.factoryId(), definition.classId(), definition.version());
            layout.ofOwnVersion = true;
        }
    }

    /** What says all already, or is a signal to somebody further out, goes there as it is. */
    private static RuntimeException failed(Throwable thrown, SerializationException wrapped) {
        if (thrown instanceof VirtualMachineError fatal) {
            throw fatal;
        }
        return thrown instanceof SerializationException || thrown instanceof UnknownSchemaException
                ? (RuntimeException) thrown
                : wrapped;
    }
}
