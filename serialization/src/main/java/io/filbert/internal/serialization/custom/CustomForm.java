// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.custom;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.ObjectForm;
import io.filbert.serialization.StreamSerializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The form of one serializer of the user. Immutable.
 *
 * @param serializer which is only given objects of classes it was registered for
 */
record CustomForm(StreamSerializer<Object> serializer, int typeId) implements ObjectForm {

    @SuppressWarnings("unchecked") // see above
    static CustomForm of(StreamSerializer<?> serializer) {
        return new CustomForm((StreamSerializer<Object>) serializer, serializer.getTypeId());
    }

    @Override
    public void write(DataWriter out, Object object) throws IOException {
        serializer.write(out, object);
    }

    @Override
    public Object read(DataReader in) throws IOException {
        int offset = in.position();
        @Nullable Object object = serializer.read(in); // user code may break its promise
        if (object == null) {
            throw new SerializationException("Cannot deserialize type id " + typeId + " at offset " + offset
                    + ": its serializer, " + serializer.getClass().getName()
                    + ", returned null. Null is stored without a serializer; let read() return an object");
        }
        return object;
    }
}
