// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of object is written and read: what follows the type id. Shared by all threads. Whatever code of the user throws in
 * here is wrapped by the caller, who knows the object.
 */
public interface ObjectForm {

    /** The number in front of each object of this form. */
    int typeId();

    /** Writes an object, which is never null. */
    void write(DataWriter out, Object object) throws IOException;

    /** Reads what {@link #write} has written. */
    @Nullable
    Object read(DataReader in) throws IOException;
}
