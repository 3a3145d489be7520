// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import java.io.ObjectStreamConstants;
import org.jspecify.annotations.Nullable;

/** What an object stream says about a class. Confined to the thread that walks the stream. */
final class StreamDescription {

    private static final int LONGEST_CHAIN = 500;

    final String name;
    final int flags;
    final boolean isRecord;
    int primitiveBytes;
    int objectFields;
    /** Where the first number of four bytes lies among the primitive values; -1 if there is none. */
    int firstInt = -1;

    @Nullable
    StreamDescription parent;

    StreamDescription(String name, int flags, boolean isRecord) {
        this.name = name;
        this.flags = flags;
        this.isRecord = isRecord;
    }

    void addField(char type) {
        if (type == 'L' || type == '[') {
            objectFields++;
            return;
        }
        if (type == 'I' && firstInt < 0) {
            firstInt = primitiveBytes;
        }
        primitiveBytes += sizeOf(type);
    }

    static int sizeOf(char primitive) {
        return switch (primitive) {
            case 'B', 'Z' -> 1;
            case 'C', 'S' -> Short.BYTES;
            case 'I', 'F' -> Integer.BYTES;
            default -> Long.BYTES;
        };
    }

    boolean isExternalizable() {
        return (flags & ObjectStreamConstants.SC_EXTERNALIZABLE) != 0;
    }

    boolean isInBlocks() {
        return (flags & ObjectStreamConstants.SC_BLOCK_DATA) != 0;
    }

    /** Whether values that the class wrote itself follow its fields. Records have none, whatever the stream says. */
    boolean hasMore() {
        return (flags & ObjectStreamConstants.SC_WRITE_METHOD) != 0;
    }

    /** This description and those of its superclasses, the last of them first; null if they go on for ever. */
    StreamDescription @Nullable [] chain() {
        int length = 0;
        for (StreamDescription d = this; d != null; d = d.parent) {
            if (++length > LONGEST_CHAIN) {
                return null;
            }
        }
        StreamDescription[] chain = new StreamDescription[length];
        for (StreamDescription d = this; d != null; d = d.parent) {
            chain[--length] = d;
        }
        return chain;
    }

    /** Whether the hash code of such an object may ask those of everything in it. Of other classes of the user, what it does is unknown. */
    boolean asksItsParts() {
        if (isRecord || name.startsWith("java.")) {
            return true;
        }
        for (StreamDescription d = parent; d != null && d != this; d = d.parent) {
            if (d.name.startsWith("java.util.")) {
                return true;
            }
        }
        return false;
    }
}
