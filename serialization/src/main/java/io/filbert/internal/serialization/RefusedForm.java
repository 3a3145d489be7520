// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.ObjectForm;
import io.filbert.internal.serialization.stream.TypeId;
import org.jspecify.annotations.Nullable;

/**
 * In place of a built-in form that some members of the cluster cannot read, and Java serialization cannot write. Immutable.
 *
 * @param typeId of the form
 * @param since the first release whose members can
 */
record RefusedForm(int typeId, String since) implements ObjectForm {

    @Override
    public void write(DataWriter out, Object object) {
        throw new SerializationException("Cannot serialize an object of " + TypeId.nameOf(typeId)
                + " for this cluster: members can read it since release " + since
                + ", and at least one is older. Upgrade the members, or store something else instead");
    }

    @Override
    public @Nullable Object read(DataReader in) {
        throw new AssertionError("never chosen for reading");
    }
}
