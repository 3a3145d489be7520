// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link CompactSerializer} reads the fields of an object, in any order and only those it wants.
 *
 * <p>A field that was written as a plain number or boolean can be read by the nullable method and the other way round, arrays
 * too; a null read by a method that cannot return it, a field the writer did not know, and one of another kind are refused with {@link
 * io.filbert.error.SerializationException}. {@link #getFieldKind} tells beforehand, so that a class may grow.
 *
 * <p>Belongs to the call that handed it out: not thread-safe, and not to be kept. Nothing it returns refers to its bytes.
 */
public interface CompactReader {

    /** The kind under which the field was written; {@link FieldKind#NOT_AVAILABLE} if it was not. */
    FieldKind getFieldKind(String name);

    /** Reads a boolean. */
    boolean readBoolean(String name);

    /** Reads a number of 8 bits. */
    byte readInt8(String name);

    /** Reads a number of 16 bits. */
    short readInt16(String name);

    /** Reads a number of 32 bits. */
    int readInt32(String name);

    /** Reads a number of 64 bits. */
    long readInt64(String name);

    /** Reads a floating-point number of 32 bits. */
    float readFloat32(String name);

    /** Reads a floating-point number of 64 bits. */
    double readFloat64(String name);

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

    /** Reads an object that has a compact form itself, or null. The type is what the caller expects; it is not checked here. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // what was written is the caller's to know
    <T> @Nullable T readCompact(String name);

    /** Reads an array of booleans, or null. */
    boolean @Nullable [] readArrayOfBoolean(String name);

    /** Reads an array of numbers of 8 bits, or null. */
    byte @Nullable [] readArrayOfInt8(String name);

    /** Reads an array of numbers of 16 bits, or null. */
    short @Nullable [] readArrayOfInt16(String name);

    /** Reads an array of numbers of 32 bits, or null. */
    int @Nullable [] readArrayOfInt32(String name);

    /** Reads an array of numbers of 64 bits, or null. */
    long @Nullable [] readArrayOfInt64(String name);

    /** Reads an array of floating-point numbers of 32 bits, or null. */
    float @Nullable [] readArrayOfFloat32(String name);

    /** Reads an array of floating-point numbers of 64 bits, or null. */
    double @Nullable [] readArrayOfFloat64(String name);

    /** Reads an array of texts, or null; items may be null. */
    @Nullable
    String @Nullable [] readArrayOfString(String name);

    /** Reads an array of decimal numbers, or null; items may be null. */
    @Nullable
    BigDecimal @Nullable [] readArrayOfDecimal(String name);

    /** Reads an array of times of day, or null; items may be null. */
    @Nullable
    LocalTime @Nullable [] readArrayOfTime(String name);

    /** Reads an array of dates, or null; items may be null. */
    @Nullable
    LocalDate @Nullable [] readArrayOfDate(String name);

    /** Reads an array of dates with times, or null; items may be null. */
    @Nullable
    LocalDateTime @Nullable [] readArrayOfTimestamp(String name);

    /** Reads an array of dates and times with offsets, or null; items may be null. */
    @Nullable
    OffsetDateTime @Nullable [] readArrayOfTimestampWithTimezone(String name);

    /** Reads an array of objects that have a compact form, or null; items may be null.
     *
     * @throws io.filbert.error.SerializationException also if an item is not an instance of the class
     */
    <T> @Nullable T @Nullable [] readArrayOfCompact(String name, Class<T> itemClass);

    /** Reads a boolean, or null. */
    @Nullable
    Boolean readNullableBoolean(String name);

    /** Reads a number of 8 bits, or null. */
    @Nullable
    Byte readNullableInt8(String name);

    /** Reads a number of 16 bits, or null. */
    @Nullable
    Short readNullableInt16(String name);

    /** Reads a number of 32 bits, or null. */
    @Nullable
    Integer readNullableInt32(String name);

    /** Reads a number of 64 bits, or null. */
    @Nullable
    Long readNullableInt64(String name);

    /** Reads a floating-point number of 32 bits, or null. */
    @Nullable
    Float readNullableFloat32(String name);

    /** Reads a floating-point number of 64 bits, or null. */
    @Nullable
    Double readNullableFloat64(String name);

    /** Reads an array of booleans, or null; items may be null. */
    @Nullable
    Boolean @Nullable [] readArrayOfNullableBoolean(String name);

    /** Reads an array of numbers of 8 bits, or null; items may be null. */
    @Nullable
    Byte @Nullable [] readArrayOfNullableInt8(String name);

    /** Reads an array of numbers of 16 bits, or null; items may be null. */
    @Nullable
    Short @Nullable [] readArrayOfNullableInt16(String name);

    /** Reads an array of numbers of 32 bits, or null; items may be null. */
    @Nullable
    Integer @Nullable [] readArrayOfNullableInt32(String name);

    /** Reads an array of numbers of 64 bits, or null; items may be null. */
    @Nullable
    Long @Nullable [] readArrayOfNullableInt64(String name);

    /** Reads an array of floating-point numbers of 32 bits, or null; items may be null. */
    @Nullable
    Float @Nullable [] readArrayOfNullableFloat32(String name);

    /** Reads an array of floating-point numbers of 64 bits, or null; items may be null. */
    @Nullable
    Double @Nullable [] readArrayOfNullableFloat64(String name);
}
