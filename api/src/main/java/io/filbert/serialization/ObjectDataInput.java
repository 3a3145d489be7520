// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import java.io.InputStream;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Where an object reads its fields, in the order in which they were written to {@link ObjectDataOutput}.
 *
 * <p>No length in the bytes is believed: whatever would reach beyond their end, or allocate more than they can hold, is refused with
 * {@link io.filbert.error.SerializationException}, which every method may throw.
 *
 * <p>Belongs to the call that handed it out: not thread-safe, and not to be kept. Nothing it returns refers to its bytes.
 */
public interface ObjectDataInput {

    /** Reads one byte; everything but 0 is true. */
    boolean readBoolean();

    /** Reads one byte. */
    byte readByte();

    /** Reads one byte as a number from 0 to 255. */
    int readUnsignedByte();

    /** Reads two bytes. */
    short readShort();

    /** Reads two bytes as a number from 0 to 65535. */
    int readUnsignedShort();

    /** Reads two bytes. */
    char readChar();

    /** Reads four bytes. */
    int readInt();

    /** Reads eight bytes. */
    long readLong();

    /** Reads four bytes. */
    float readFloat();

    /** Reads eight bytes. */
    double readDouble();

    /** Reads a text. */
    @Nullable
    String readString();

    /** Another name of {@link #readString}. */
    default @Nullable String readUtf() {
        return readString();
    }

    /** Fills the array with the next bytes. */
    void readInto(byte[] target);

    /**
     * Fills a range of the array with the next bytes.
     *
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    void readInto(byte[] target, int offset, int length);

    /** Steps over bytes, at most to the end, and returns how many they were; none for a count below zero. */
    int skipBytes(int count);

    /** Reads an array. */
    byte @Nullable [] readByteArray();

    /** Reads an array. */
    boolean @Nullable [] readBooleanArray();

    /** Reads an array. */
    char @Nullable [] readCharArray();

    /** Reads an array. */
    short @Nullable [] readShortArray();

    /** Reads an array. */
    int @Nullable [] readIntArray();

    /** Reads an array. */
    long @Nullable [] readLongArray();

    /** Reads an array. */
    float @Nullable [] readFloatArray();

    /** Reads an array. */
    double @Nullable [] readDoubleArray();

    /** Reads an array of texts, any of which may be null. */
    @Nullable
    String @Nullable [] readStringArray();

    /** Reads an object of any kind. The type is what the caller expects; it is not checked here. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // what was written is the caller's to know
    <T> @Nullable T readObject();

    /** How many bytes lie before the next one, from the start of the whole serialized form, its header included. */
    int position();

    /** How many bytes the whole serialized form has, its header included. */
    int size();

    /** The byte order of numbers. */
    ByteOrder byteOrder();

    /** This input as a stream, for libraries that read from one, to the end of the bytes; closing does nothing. */
    InputStream asStream();
}
