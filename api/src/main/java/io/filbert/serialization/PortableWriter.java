// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link Portable} writes its fields, each under its name and once, in any order; those of one class and version are
 * always the same.
 *
 * <p>A field that the class definition does not have, has with another type, or that was written before is refused with {@link
 * io.filbert.error.SerializationException}, and so are any field after {@link #getRawDataOutput} and an object that leaves out a
 * field. Belongs to the call that handed it
 * out: not thread-safe, and not to be kept.
 */
public interface PortableWriter {

    /** The version of the class definition. */
    int getVersion();

    /** Writes a number of 8 bits. */
    void writeByte(String name, byte value);

    /** Writes a boolean. */
    void writeBoolean(String name, boolean value);

    /** Writes a character. */
    void writeChar(String name, char value);

    /** Writes a number of 16 bits. */
    void writeShort(String name, short value);

    /** Writes a number of 32 bits. */
    void writeInt(String name, int value);

    /** Writes a number of 64 bits. */
    void writeLong(String name, long value);

    /** Writes a floating-point number of 32 bits. */
    void writeFloat(String name, float value);

    /** Writes a floating-point number of 64 bits. */
    void writeDouble(String name, double value);

    /** Writes a text, or null. */
    void writeString(String name, @Nullable String value);

    /** Writes a decimal number, or null. */
    void writeDecimal(String name, @Nullable BigDecimal value);

    /** Writes a time of day, or null. */
    void writeTime(String name, @Nullable LocalTime value);

    /** Writes a date, or null. Its year, as that of every portable date, is between -32768 and 32767. */
    void writeDate(String name, @Nullable LocalDate value);

    /** Writes a date and time, or null. */
    void writeTimestamp(String name, @Nullable LocalDateTime value);

    /** Writes a date and time with an offset, or null. */
    void writeTimestampWithTimezone(String name, @Nullable OffsetDateTime value);

    /** Another name of {@link #writeString}. */
    default void writeUtf(String name, @Nullable String value) {
        writeString(name, value);
    }

    /** Writes a nested object. Null is allowed if the class definition is known; else {@link #writeNullPortable} says of which class. */
    void writePortable(String name, @Nullable Portable value);

    /** Writes null in place of a nested object of this class, whose definition must be registered. */
    void writeNullPortable(String name, int factoryId, int classId);

    /** Writes an array of numbers of 8 bits, or null. */
    void writeByteArray(String name, byte @Nullable [] values);

    /** Writes an array of booleans, or null. */
    void writeBooleanArray(String name, boolean @Nullable [] values);

    /** Writes an array of characters, or null. */
    void writeCharArray(String name, char @Nullable [] values);

    /** Writes an array of numbers of 16 bits, or null. */
    void writeShortArray(String name, short @Nullable [] values);

    /** Writes an array of numbers of 32 bits, or null. */
    void writeIntArray(String name, int @Nullable [] values);

    /** Writes an array of numbers of 64 bits, or null. */
    void writeLongArray(String name, long @Nullable [] values);

    /** Writes an array of floating-point numbers of 32 bits, or null. */
    void writeFloatArray(String name, float @Nullable [] values);

    /** Writes an array of floating-point numbers of 64 bits, or null. */
    void writeDoubleArray(String name, double @Nullable [] values);

    /** Writes an array of texts, or null; items may be null. */
    void writeStringArray(String name, @Nullable String @Nullable [] values);

    /** Writes an array of decimal numbers, or null; no item may be null. */
    void writeDecimalArray(String name, BigDecimal @Nullable [] values);

    /** Writes an array of times of day, or null; no item may be null. */
    void writeTimeArray(String name, LocalTime @Nullable [] values);

    /** Writes an array of dates, or null; no item may be null. */
    void writeDateArray(String name, LocalDate @Nullable [] values);

    /** Writes an array of dates with times, or null; no item may be null. */
    void writeTimestampArray(String name, LocalDateTime @Nullable [] values);

    /** Writes an array of dates and times with offsets, or null; no item may be null. */
    void writeTimestampWithTimezoneArray(String name, OffsetDateTime @Nullable [] values);

    /** Writes an array of nested objects of one class, or null; no item may be null. Null or an empty array is allowed if the class definition is known. */
    void writePortableArray(String name, Portable @Nullable [] values);

    /** Ends the named fields and returns an output for further data, to be read by {@link PortableReader#getRawDataInput}. */
    ObjectDataOutput getRawDataOutput();
}
