// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.identified;

import io.filbert.serialization.IdentifiedDataSerializable;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Writes everything that an output can write, in one order. */
final class Point implements IdentifiedDataSerializable {

    static final int FACTORY = 7;
    static final int CLASS = 3;

    int x;
    long y;

    @Nullable
    String name;

    double @Nullable [] weights;

    @Nullable
    Object next;

    Point() {}

    Point(int x, long y, @Nullable String name, double @Nullable [] weights, @Nullable Object next) {
        this.x = x;
        this.y = y;
        this.name = name;
        this.weights = weights;
        this.next = next;
    }

    /** Nests others at most so deep. */
    static Point random(Random random, int depth) {
        return new Point(
                random.nextInt(),
                random.nextLong(),
                random.nextInt(4) == 0 ? null : "aé€😀".substring(0, new int[] {0, 1, 2, 3, 5}[random.nextInt(5)]),
                random.nextInt(4) == 0
                        ? null
                        : random.longs(random.nextInt(5))
                                .mapToDouble(Double::longBitsToDouble)
                                .toArray(),
                switch (random.nextInt(3)) {
                    case 0 -> null;
                    case 1 -> depth == 0 ? "leaf" : random(random, depth - 1);
                    default -> random.nextInt();
                });
    }

    @Override
    public int getFactoryId() {
        return FACTORY;
    }

    @Override
    public int getClassId() {
        return CLASS;
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
        if (in.readShort() != -2
                || in.readChar() != 'é'
                || in.skipBytes(6) != 6
                || in.readByte() != 1
                || in.readByte() != 2
                || in.readByte() != 3
                || !in.readBoolean()
                || in.readFloat() != 1.5f
                || in.readUnsignedByte() != 255) {
            throw new IOException("not what was written");
        }
        next = in.readObject();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Point p
                && p.x == x
                && p.y == y
                && Objects.equals(p.name, name)
                && Arrays.equals(p.weights, weights)
                && Objects.equals(p.next, next);
    }

    @Override
    public int hashCode() {
        return Objects.hash(x, y, name);
    }

    @Override
    public String toString() {
        return "Point[" + x + ", " + y + ", " + name + ", " + Arrays.toString(weights) + ", " + next + "]";
    }
}
