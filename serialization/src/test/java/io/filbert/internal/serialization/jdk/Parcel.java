// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes itself to an object stream, and another object with it. */
public final class Parcel implements Externalizable {

    private static final long serialVersionUID = 1;

    private long weight;
    private @Nullable Object content;

    public Parcel() {}

    Parcel(long weight, @Nullable Object content) {
        this.weight = weight;
        this.content = content;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        out.writeLong(weight);
        out.writeUTF("é€");
        out.writeObject(content);
        out.writeBoolean(true);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
        weight = in.readLong();
        if (!in.readUTF().equals("é€")) {
            throw new IOException("not what was written");
        }
        content = in.readObject();
        if (!in.readBoolean()) {
            throw new IOException("not what was written");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Parcel p && p.weight == weight && Objects.equals(p.content, content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(weight, content);
    }
}
