// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import java.io.OutputStream;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Where an object writes its fields. What is written must be read in the same order with the method of the same name of
 * {@link ObjectDataInput}.
 *
 * <p>Numbers are written in the byte order of the client's configuration ({@code isBigEndian}). Where null is allowed it is
 * written as such and read back as null. Nothing here blocks; an object that grows beyond 2 GiB, or nests too deep, is refused with
 * {@link io.filbert.error.SerializationException}.
 *
 * <p>Belongs to the call that handed it out: not thread-safe, and not to be kept.
 */
public interface ObjectDataOutput {

    /** Writes one byte, 0 or 1. */
    void writeBoolean(boolean value);

    /** Writes one byte, the low 8 bits of the value. */
    void writeByte(int value);

    /** Writes two bytes, the low 16 bits of the value. */
    void writeShort(int value);

    /** Writes two bytes, the low 16 bits of the value. */
    void writeChar(int value);

    /** Writes four bytes. */
    void writeInt(int value);

    /** Writes eight bytes. */
    void writeLong(long value);

    /** Writes four bytes; every NaN alike. */
    void writeFloat(float value);

    /** Writes eight bytes; every NaN alike. */
    void writeDouble(double value);

    /** Writes the text as UTF-8, its length before it. Half a surrogate pair becomes a question mark. */
    void writeString(@Nullable String text);

    /** Another name of {@link #writeString}. */
    default void writeUtf(@Nullable String text) {
        writeString(text);
    }

    /** Writes the low byte of each character, without a length. */
    void writeBytes(String text);

    /** Writes two bytes for each character, without a length. */
    void writeChars(String text);

    /** Writes bytes as they are, without a length. */
    void write(byte[] bytes);

    /**
     * Writes bytes as they are, without a length.
     *
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    void write(byte[] bytes, int offset, int length);

    /** Writes an array, its length before it. */
    void writeByteArray(byte @Nullable [] values);

    /** Writes an array, its length before it. */
    void writeBooleanArray(boolean @Nullable [] values);

    /** Writes an array, its length before it. */
    void writeCharArray(char @Nullable [] values);

    /** Writes an array, its length before it. */
    void writeShortArray(short @Nullable [] values);

    /** Writes an array, its length before it. */
    void writeIntArray(int @Nullable [] values);

    /** Writes an array, its length before it. */
    void writeLongArray(long @Nullable [] values);

    /** Writes an array, its length before it. */
    void writeFloatArray(float @Nullable [] values);

    /** Writes an array, its length before it. */
    void writeDoubleArray(double @Nullable [] values);

    /** Writes an array of texts, any of which may be null, its length before it. */
    void writeStringArray(@Nullable String @Nullable [] values);

    /**
     * Writes any object that the client can serialize, with what is needed to know its kind when it is read.
     *
     * @throws io.filbert.error.SerializationException if there is no serializer for its class
     */
    void writeObject(@Nullable Object object);

    /** A copy of what this object, and those around it, have written so far, without the header of the whole. */
    byte[] toByteArray();

    /** The byte order of numbers. */
    ByteOrder byteOrder();

    /** This output as a stream, for libraries that write to one. Bytes go out as they are; closing does nothing. */
    OutputStream asStream();
}
