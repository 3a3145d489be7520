// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import io.filbert.config.SerializationConfig;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.ObjectForm;
import io.filbert.internal.serialization.stream.TypeId;
import java.io.IOException;
import java.io.ObjectInputStream;
import org.jspecify.annotations.Nullable;

/** The form of serializable objects that have no other: a Java object stream with one object. Immutable. */
public final class SerializableForm implements ObjectForm {

    private final ObjectStreams streams;

    public SerializableForm(SerializationConfig config) {
        streams = new ObjectStreams(config);
    }

    @Override
    public int typeId() {
        return TypeId.SERIALIZABLE;
    }

    @Override
    public void write(DataWriter out, Object object) throws IOException {
        streams.write(out, object, stream -> stream.writeObject(object));
    }

    @Override
    public @Nullable Object read(DataReader in) throws IOException {
        return streams.read(in, streams.filter(in), ObjectInputStream::readObject);
    }
}
