// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.builtin;

import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.ObjectForm;
import org.jspecify.annotations.Nullable;

/** The form of one built-in type. Immutable. */
public record BuiltInForm(int typeId) implements ObjectForm {

    @Override
    public void write(DataWriter out, Object object) {
        NestedTypes.write(typeId, out, object);
    }

    @Override
    public @Nullable Object read(DataReader in) {
        return NestedTypes.read(typeId, in);
    }
}
