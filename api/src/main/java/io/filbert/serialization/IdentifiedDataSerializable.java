// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import java.io.IOException;

/**
 * An object that writes and reads its own fields, and says by two numbers of which class it is. Fast and small, without
 * versions: what {@link #writeData} writes must be what {@link #readData} reads, in all programs that share the data.
 *
 * <p>Members that must understand such objects (entry processors, queries) need a class with the same two ids.
 */
public interface IdentifiedDataSerializable {

    /** The id under which the factory is registered ({@code dataSerializableFactories}). Ids below 1 belong to the members. */
    int getFactoryId();

    /** The id of this class in its factory. */
    int getClassId();

    /** Writes the fields. */
    void writeData(ObjectDataOutput out) throws IOException;

    /** Reads the fields into this object, which the factory has just made. */
    void readData(ObjectDataInput in) throws IOException;
}
