// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.vectors;

import io.filbert.serialization.Portable;
import io.filbert.serialization.PortableReader;
import io.filbert.serialization.PortableWriter;
import java.io.IOException;

/** Counterpart of the reference object with this name. */
final class AnInnerPortable implements Portable {

    static final int CLASS_ID = 2;

    private int anInt;
    private float aFloat;

    @Override
    public int getFactoryId() {
        return APortable.FACTORY_ID;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    public void writePortable(PortableWriter writer) throws IOException {
        writer.writeInt("i", anInt);
        writer.writeFloat("f", aFloat);
    }

    @Override
    public void readPortable(PortableReader reader) throws IOException {
        anInt = reader.readInt("i");
        aFloat = reader.readFloat("f");
    }
}
