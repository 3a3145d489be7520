// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link Portable} reads its fields, by name and in any order.
 *
 * <p>If the object was written by another version of the class, a field that version did not have reads as 0, false or null, and
 * numbers may be read as wider ones. If it was written by the same version, an unknown field is refused with {@link
 * io.filbert.error.SerializationException}; a field of another type always is. The name given to a {@code read} method may be a path
 * through nested objects ({@code a.b.c}), none of which may then be null. Fields that are not read cost nothing. Belongs to the call
 * that handed it out: not thread-safe, and not to be kept.
 *
 * <p>What is read as a wider number: byte as short; byte, char and short as int; these and int as long and float; these, long and
 * float as double. A character gives the number of its code unit.
 */
public interface PortableReader {

    /** The version of the class that wrote the object. */
    int getVersion();

    /** Whether the object was written with this field, be it null. */
    boolean hasField(String name);

    /** The names of the fields the object was written with, in the order of the class definition; cannot be modified. */
    Set<String> getFieldNames();

    /**
     * The type of a field the object was written with.
     *
     * @throws io.filbert.error.SerializationException if there is no such field
     */
    FieldType getFieldType(String name);

    /** The class id of the objects in a field of the type {@link FieldType#PORTABLE} or {@link FieldType#PORTABLE_ARRAY}, else 0. */
    int getFieldClassId(String name);

    /** Reads a number of 8 bits. */
    byte readByte(String name);

    /** Reads a boolean. */
    boolean readBoolean(String name);

    /** Reads a character. */
    char readChar(String name);

    /** Reads a number of 16 bits. */
    short readShort(String name);

    /** Reads a number of 32 bits. */
    int readInt(String name);

    /** Reads a number of 64 bits. */
    long readLong(String name);

    /** Reads a floating-point number of 32 bits. */
    float readFloat(String name);

    /** Reads a floating-point number of 64 bits. */
    double readDouble(String name);

    /** Reads a text, or null. */
    @Nullable
    String readString(String name);

    /** Reads a decimal number, or null. */
    @Nullable
    BigDecimal readDecimal(String name);

    /** Reads a time of day, or null. */
    @Nullable
    LocalTime readTime(String name);

    /** Reads a date, or null. */
    @Nullable
    LocalDate readDate(String name);

    /** Reads a date and time, or null. */
    @Nullable
    LocalDateTime readTimestamp(String name);

    /** Reads a date and time with an offset, or null. */
    @Nullable
    OffsetDateTime readTimestampWithTimezone(String name);

    /** Another name of {@link #readString}. */
    default @Nullable String readUtf(String name) {
        return readString(name);
    }

    /** Reads a nested object, or null. The type is what the caller expects; it is not checked here. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // what was written is the caller's to know
    <T extends Portable> @Nullable T readPortable(String name);

    /** Reads an array of numbers of 8 bits, or null. */
    byte @Nullable [] readByteArray(String name);

    /** Reads an array of booleans, or null. */
    boolean @Nullable [] readBooleanArray(String name);

    /** Reads an array of characters, or null. */
    char @Nullable [] readCharArray(String name);

    /** Reads an array of numbers of 16 bits, or null. */
    short @Nullable [] readShortArray(String name);

    /** Reads an array of numbers of 32 bits, or null. */
    int @Nullable [] readIntArray(String name);

    /** Reads an array of numbers of 64 bits, or null. */
    long @Nullable [] readLongArray(String name);

    /** Reads an array of floating-point numbers of 32 bits, or null. */
    float @Nullable [] readFloatArray(String name);

    /** Reads an array of floating-point numbers of 64 bits, or null. */
    double @Nullable [] readDoubleArray(String name);

    /** Reads an array of texts, or null; items may be null. */
    @Nullable
    String @Nullable [] readStringArray(String name);

    /** Reads an array of decimal numbers, or null. */
    BigDecimal @Nullable [] readDecimalArray(String name);

    /** Reads an array of times of day, or null. */
    LocalTime @Nullable [] readTimeArray(String name);

    /** Reads an array of dates, or null. */
    LocalDate @Nullable [] readDateArray(String name);

    /** Reads an array of dates with times, or null. */
    LocalDateTime @Nullable [] readTimestampArray(String name);

    /** Reads an array of dates and times with offsets, or null. */
    OffsetDateTime @Nullable [] readTimestampWithTimezoneArray(String name);

    /** Reads an array of nested objects, or null. */
    Portable @Nullable [] readPortableArray(String name);

    /** The data behind the named fields; no field can be read after this call. Empty if the object was written without such data. */
    ObjectDataInput getRawDataInput();
}
