// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.vectors;

import static java.util.Objects.requireNonNull;

import io.filbert.internal.protocol.Data;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import org.jspecify.annotations.Nullable;

/** The fields that the two large reference objects have in common, and how they are written one after another. */
class AllKinds {

    private static final int OFFSET_BYTES = 2;

    boolean bool;
    byte b;
    char c;
    double d;
    short s;
    float f;
    int i;
    long l;

    @Nullable
    String str;

    boolean @Nullable [] booleans;
    byte @Nullable [] bytes;
    char @Nullable [] chars;
    double @Nullable [] doubles;
    short @Nullable [] shorts;
    float @Nullable [] floats;
    int @Nullable [] ints;
    long @Nullable [] longs;
    String @Nullable [] strings;

    boolean @Nullable [] booleansNull;
    byte @Nullable [] bytesNull;
    char @Nullable [] charsNull;
    double @Nullable [] doublesNull;
    short @Nullable [] shortsNull;
    float @Nullable [] floatsNull;
    int @Nullable [] intsNull;
    long @Nullable [] longsNull;
    String @Nullable [] stringsNull;

    byte byteSize;
    byte @Nullable [] bytesFully;
    byte @Nullable [] bytesOffset;
    char @Nullable [] strChars;
    byte @Nullable [] strBytes;
    int unsignedByte;
    int unsignedShort;

    @Nullable
    Object portableObject;

    @Nullable
    Object identifiedDataSerializableObject;

    @Nullable
    Object customStreamSerializableObject;

    @Nullable
    Object customByteArraySerializableObject;

    @Nullable
    Data data;

    final void readAll(ObjectDataInput in) {
        readValues(in);
        readRest(in);
    }

    /** The values that a portable object also has as fields. */
    final void readValues(ObjectDataInput in) {
        bool = in.readBoolean();
        b = in.readByte();
        c = in.readChar();
        d = in.readDouble();
        s = in.readShort();
        f = in.readFloat();
        i = in.readInt();
        l = in.readLong();
        str = in.readString();

        booleans = in.readBooleanArray();
        bytes = in.readByteArray();
        chars = in.readCharArray();
        doubles = in.readDoubleArray();
        shorts = in.readShortArray();
        floats = in.readFloatArray();
        ints = in.readIntArray();
        longs = in.readLongArray();
        strings = in.readStringArray();

        booleansNull = in.readBooleanArray();
        bytesNull = in.readByteArray();
        charsNull = in.readCharArray();
        doublesNull = in.readDoubleArray();
        shortsNull = in.readShortArray();
        floatsNull = in.readFloatArray();
        intsNull = in.readIntArray();
        longsNull = in.readLongArray();
        stringsNull = in.readStringArray();
    }

    final void readRest(ObjectDataInput in) {
        byteSize = in.readByte();
        bytesFully = new byte[byteSize];
        in.readInto(bytesFully);
        bytesOffset = new byte[OFFSET_BYTES];
        in.readInto(bytesOffset, 0, OFFSET_BYTES);
        strChars = new char[in.readInt()];
        for (int at = 0; at < strChars.length; at++) {
            strChars[at] = in.readChar();
        }
        strBytes = new byte[strChars.length];
        in.readInto(strBytes);
        unsignedByte = in.readUnsignedByte();
        unsignedShort = in.readUnsignedShort();

        portableObject = in.readObject();
        identifiedDataSerializableObject = in.readObject();
        customByteArraySerializableObject = in.readObject();
        customStreamSerializableObject = in.readObject();
        data = Data.of(requireNonNull(in.readByteArray()));
    }

    final void writeAll(ObjectDataOutput out) {
        out.writeBoolean(bool);
        out.writeByte(b);
        out.writeChar(c);
        out.writeDouble(d);
        out.writeShort(s);
        out.writeFloat(f);
        out.writeInt(i);
        out.writeLong(l);
        out.writeString(str);

        out.writeBooleanArray(booleans);
        out.writeByteArray(bytes);
        out.writeCharArray(chars);
        out.writeDoubleArray(doubles);
        out.writeShortArray(shorts);
        out.writeFloatArray(floats);
        out.writeIntArray(ints);
        out.writeLongArray(longs);
        out.writeStringArray(strings);

        out.writeBooleanArray(booleansNull);
        out.writeByteArray(bytesNull);
        out.writeCharArray(charsNull);
        out.writeDoubleArray(doublesNull);
        out.writeShortArray(shortsNull);
        out.writeFloatArray(floatsNull);
        out.writeIntArray(intsNull);
        out.writeLongArray(longsNull);
        out.writeStringArray(stringsNull);

        byte[] allBytes = requireNonNull(bytes);
        String text = requireNonNull(str);
        out.writeByte(allBytes.length);
        out.write(allBytes);
        out.write(allBytes, 1, OFFSET_BYTES);
        out.writeInt(text.length());
        out.writeChars(text);
        out.writeBytes(text);
        out.writeByte(unsignedByte);
        out.writeShort(unsignedShort);

        out.writeObject(portableObject);
        out.writeObject(identifiedDataSerializableObject);
        out.writeObject(customByteArraySerializableObject);
        out.writeObject(customStreamSerializableObject);
        out.writeByteArray(requireNonNull(data).bytes());
    }
}
