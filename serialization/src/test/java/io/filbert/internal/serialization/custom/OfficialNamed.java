// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.custom;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;

/** The same serializer as {@link Named}, as a member or the official client would have it. */
record OfficialNamed(int typeId) implements StreamSerializer<Object> {

    @Override
    public int getTypeId() {
        return typeId;
    }

    @Override
    public void write(ObjectDataOutput out, Object object) throws IOException {
        out.writeString(object.toString());
        out.writeInt(typeId);
    }

    @Override
    public Object read(ObjectDataInput in) throws IOException {
        return in.readString() + "/" + in.readInt();
    }
}
