// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.vectors;

import io.filbert.serialization.IdentifiedDataSerializable;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;

/** Counterpart of the reference object with this name. */
final class AnIdentifiedDataSerializable extends AllKinds implements IdentifiedDataSerializable {

    static final int FACTORY_ID = 1;
    static final int CLASS_ID = 1;

    @Override
    public int getFactoryId() {
        return FACTORY_ID;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        writeAll(out);
    }

    @Override
    public void readData(ObjectDataInput in) {
        readAll(in);
    }
}
