// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link CompactSerializer} writes the fields of an object. Each field has a name and a kind; together they make the
 * schema of the class, so an object must write the same fields, whatever their values.
 *
 * <p>Writing a field whose name or kind is not in the schema that the first object made, or one field twice, is refused with
 * {@link io.filbert.error.SerializationException}. Belongs to the call that handed it out: not thread-safe, and not to be kept.
 */
public interface CompactWriter {

    /** Writes a boolean. */
    void writeBoolean(String name, boolean value);

    /** Writes a number of 8 bits. */
    void writeInt8(String name, byte value);

    /** Writes a number of 16 bits. */
    void writeInt16(String name, short value);

    /** Writes a number of 32 bits. */
    void writeInt32(String name, int value);

    /** Writes a number of 64 bits. */
    void writeInt64(String name, long value);

    /** Writes a floating-point number of 32 bits. */
    void writeFloat32(String name, float value);

    /** Writes a floating-point number of 64 bits. */
    void writeFloat64(String name, double value);

    /** Writes a text, or null. */
    void writeString(String name, @Nullable String value);

    /** Writes a decimal number, or null. */
    void writeDecimal(String name, @Nullable BigDecimal value);

    /** Writes a time of day, or null. */
    void writeTime(String name, @Nullable LocalTime value);

    /** Writes a date, or null. */
    void writeDate(String name, @Nullable LocalDate value);

    /** Writes a date and time, or null. */
    void writeTimestamp(String name, @Nullable LocalDateTime value);

    /** Writes a date and time with an offset, or null. */
    void writeTimestampWithTimezone(String name, @Nullable OffsetDateTime value);

    /** Writes an object that has a compact form itself, or null. */
    void writeCompact(String name, @Nullable Object value);

    /** Writes an array of booleans, or null. */
    void writeArrayOfBoolean(String name, boolean @Nullable [] values);

    /** Writes an array of numbers of 8 bits, or null. */
    void writeArrayOfInt8(String name, byte @Nullable [] values);

    /** Writes an array of numbers of 16 bits, or null. */
    void writeArrayOfInt16(String name, short @Nullable [] values);

    /** Writes an array of numbers of 32 bits, or null. */
    void writeArrayOfInt32(String name, int @Nullable [] values);

    /** Writes an array of numbers of 64 bits, or null. */
    void writeArrayOfInt64(String name, long @Nullable [] values);

    /** Writes an array of floating-point numbers of 32 bits, or null. */
    void writeArrayOfFloat32(String name, float @Nullable [] values);

    /** Writes an array of floating-point numbers of 64 bits, or null. */
    void writeArrayOfFloat64(String name, double @Nullable [] values);

    /** Writes an array of texts, or null; items may be null. */
    void writeArrayOfString(String name, @Nullable String @Nullable [] values);

    /** Writes an array of decimal numbers, or null; items may be null. */
    void writeArrayOfDecimal(String name, @Nullable BigDecimal @Nullable [] values);

    /** Writes an array of times of day, or null; items may be null. */
    void writeArrayOfTime(String name, @Nullable LocalTime @Nullable [] values);

    /** Writes an array of dates, or null; items may be null. */
    void writeArrayOfDate(String name, @Nullable LocalDate @Nullable [] values);

    /** Writes an array of dates with times, or null; items may be null. */
    void writeArrayOfTimestamp(String name, @Nullable LocalDateTime @Nullable [] values);

    /** Writes an array of dates and times with offsets, or null; items may be null. */
    void writeArrayOfTimestampWithTimezone(String name, @Nullable OffsetDateTime @Nullable [] values);

    /** Writes an array of objects that have a compact form, or null; items may be null, all others must be of one class. */
    void writeArrayOfCompact(String name, @Nullable Object @Nullable [] values);

    /** Writes a boolean, or null. */
    void writeNullableBoolean(String name, @Nullable Boolean value);

    /** Writes a number of 8 bits, or null. */
    void writeNullableInt8(String name, @Nullable Byte value);

    /** Writes a number of 16 bits, or null. */
    void writeNullableInt16(String name, @Nullable Short value);

    /** Writes a number of 32 bits, or null. */
    void writeNullableInt32(String name, @Nullable Integer value);

    /** Writes a number of 64 bits, or null. */
    void writeNullableInt64(String name, @Nullable Long value);

    /** Writes a floating-point number of 32 bits, or null. */
    void writeNullableFloat32(String name, @Nullable Float value);

    /** Writes a floating-point number of 64 bits, or null. */
    void writeNullableFloat64(String name, @Nullable Double value);

    /** Writes an array of booleans, or null; items may be null. */
    void writeArrayOfNullableBoolean(String name, @Nullable Boolean @Nullable [] values);

    /** Writes an array of numbers of 8 bits, or null; items may be null. */
    void writeArrayOfNullableInt8(String name, @Nullable Byte @Nullable [] values);

    /** Writes an array of numbers of 16 bits, or null; items may be null. */
    void writeArrayOfNullableInt16(String name, @Nullable Short @Nullable [] values);

    /** Writes an array of numbers of 32 bits, or null; items may be null. */
    void writeArrayOfNullableInt32(String name, @Nullable Integer @Nullable [] values);

    /** Writes an array of numbers of 64 bits, or null; items may be null. */
    void writeArrayOfNullableInt64(String name, @Nullable Long @Nullable [] values);

    /** Writes an array of floating-point numbers of 32 bits, or null; items may be null. */
    void writeArrayOfNullableFloat32(String name, @Nullable Float @Nullable [] values);

    /** Writes an array of floating-point numbers of 64 bits, or null; items may be null. */
    void writeArrayOfNullableFloat64(String name, @Nullable Double @Nullable [] values);
}
