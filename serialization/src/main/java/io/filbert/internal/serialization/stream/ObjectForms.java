// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import org.jspecify.annotations.Nullable;

/** All forms there are, as the cursors see them: how an object inside another one finds its own. */
public interface ObjectForms {

    /** Writes the type id of the object and its form. */
    void write(DataWriter out, Object object);

    /** Where classes are looked up by name. */
    Classes classes();

    /** Reads the form that the type id stands for. */
    @Nullable
    Object read(int typeId, DataReader in);
}
