// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import java.io.IOException;

/**
 * An object whose fields are written with names and positions, so that members can read, query and index single fields, and
 * several versions of a class can live side by side.
 *
 * <p>The fields that {@link #writePortable} writes make the class definition, unless one is registered ({@code classDefinitions}).
 */
public interface Portable {

    /** The id under which the factory is registered ({@code portableFactories}). */
    int getFactoryId();

    /** The id of this class in its factory; not 0. */
    int getClassId();

    /**
     * The version of the class; to be raised whenever its fields change. Below 0, as by default, it is the client's {@code
     * portableVersion}.
     */
    default int getClassVersion() {
        return -1;
    }

    /** Writes the fields. */
    void writePortable(PortableWriter writer) throws IOException;

    /** Reads the fields into this object, which the factory has just made. */
    void readPortable(PortableReader reader) throws IOException;
}
