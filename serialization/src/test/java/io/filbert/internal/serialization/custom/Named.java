// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.custom;

import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.StreamSerializer;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes the text of any object, and reads it as a text. Counts its ends. */
final class Named implements StreamSerializer<Object> {

    final AtomicInteger destroyed = new AtomicInteger();
    private final int typeId;

    Named(int typeId) {
        this.typeId = typeId;
    }

    @Override
    public int getTypeId() {
        return typeId;
    }

    @Override
    public void write(ObjectDataOutput out, Object object) {
        out.writeString(object.toString());
        out.writeInt(typeId);
    }

    @Override
    public Object read(ObjectDataInput in) {
        return in.readString() + "/" + in.readInt();
    }

    @Override
    public void destroy() {
        destroyed.incrementAndGet();
    }
}
