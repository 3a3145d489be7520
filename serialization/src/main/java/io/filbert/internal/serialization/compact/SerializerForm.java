// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.schema.UnknownSchemaException;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.serialization.CompactSerializer;
import org.jspecify.annotations.Nullable;

/** The form of a class with a serializer of the user. Thread-safe: if several threads write first objects, they learn the same. */
final class SerializerForm<T> extends CompactForm {

    private final CompactSerializer<T> serializer;
    private final Class<T> type;
    private final String typeName;
    private volatile @Nullable Layout layout;

    SerializerForm(CompactForms forms, CompactSerializer<T> serializer) {
        super(forms);
        this.serializer = serializer;
        this.type = serializer.getCompactClass();
        this.typeName = serializer.getTypeName();
    }

    Class<T> type() {
        return type;
    }

    String typeName() {
        return typeName;
    }

    @Override
    public void write(DataWriter out, Object object) {
        T value = type.cast(object);
        Layout known = layout;
        FieldWriter writer = new FieldWriter(out, forms, known != null ? known : learn(value));
        serializer.write(writer, value);
        writer.endComplete();
    }

    private Layout learn(T first) {
        SchemaRecorder recorder = new SchemaRecorder(typeName);
        serializer.write(recorder, first);
        Layout learned = forms.introduce(recorder.schema());
        layout = learned;
        return learned;
    }

    @Override
    @Nullable
    Object read(FieldReader in) {
        try {
            return serializer.read(in);
        } catch (SerializationException | UnknownSchemaException | VirtualMachineError e) {
            throw e;
        } catch (Throwable e) { // whatever the serializer throws
            throw CompactErrors.creationFailed(typeName, e);
        }
    }
}
