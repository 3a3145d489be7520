// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.identified;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The same class as {@link Point}, as a member or the official client would have it. */
final class OfficialPoint implements IdentifiedDataSerializable {

    int x;
    long y;

    @Nullable
    String name;

    double @Nullable [] weights;

    @Nullable
    Object next;

    static OfficialPoint of(Point point) {
        OfficialPoint same = new OfficialPoint();
        same.x = point.x;
        same.y = point.y;
        same.name = point.name;
        same.weights = point.weights;
        same.next = point.next instanceof Point inner ? of(inner) : point.next;
        return same;
    }

    Point toOurs() {
        return new Point(x, y, name, weights, next instanceof OfficialPoint inner ? inner.toOurs() : next);
    }

    @Override
    public int getFactoryId() {
        return Point.FACTORY;
    }

    @Override
    public int getClassId() {
        return Point.CLASS;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeInt(x);
        out.writeLong(y);
        out.writeString(name);
        out.writeDoubleArray(weights);
        out.writeShort(-2);
        out.writeChar('é');
        out.writeBytes("ab");
        out.writeChars("ab");
        out.write(new byte[] {1, 2, 3});
        out.writeBoolean(true);
        out.writeFloat(1.5f);
        out.writeByte(-1);
        out.writeObject(next);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        x = in.readInt();
        y = in.readLong();
        name = in.readString();
        weights = in.readDoubleArray();
        in.readShort();
        in.readChar();
        in.skipBytes(2 + 4 + 3 + 1 + 4 + 1);
        next = in.readObject();
    }
}
