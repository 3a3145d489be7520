// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import io.filbert.config.SerializationConfig;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.ObjectForm;
import io.filbert.internal.serialization.stream.TypeId;
import org.jspecify.annotations.Nullable;

/** The form of all portable objects. */
public final class PortableForm implements ObjectForm {

    public PortableForm(SerializationConfig config) {}

    @Override
    public int typeId() {
        return TypeId.PORTABLE;
    }

    @Override
    public void write(DataWriter out, Object object) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Object read(DataReader in) {
        throw in.unreadable();
    }
}
