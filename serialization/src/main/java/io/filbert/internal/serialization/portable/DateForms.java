// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.TimeForms;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Values as portable fields hold them: dates with years of two bytes, unlike everywhere else, and what is made of them. */
final class DateForms {

    private DateForms() {}

    /** The year is the caller's to check. */
    static void writeDate(DataWriter out, LocalDate date) {
        out.writeShort(date.getYear());
        out.writeByte(date.getMonthValue());
        out.writeByte(date.getDayOfMonth());
    }

    static LocalDate readDate(DataReader in) {
        int offset = in.position();
        short year = in.readShort();
        byte month = in.readByte();
        byte day = in.readByte();
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            throw in.malformed(offset, "a date cannot be year " + year + ", month " + month + ", day " + day, e);
        }
    }

    static void writeDateTime(DataWriter out, LocalDateTime dateTime) {
        writeDate(out, dateTime.toLocalDate());
        TimeForms.writeTime(out, dateTime.toLocalTime());
    }

    static LocalDateTime readDateTime(DataReader in) {
        LocalDate date = readDate(in);
        return LocalDateTime.of(date, TimeForms.readTime(in));
    }

    static void writeOffsetDateTime(DataWriter out, OffsetDateTime dateTime) {
        writeDateTime(out, dateTime.toLocalDateTime());
        out.writeInt(dateTime.getOffset().getTotalSeconds());
    }

    static OffsetDateTime readOffsetDateTime(DataReader in) {
        LocalDateTime dateTime = readDateTime(in);
        int offset = in.position();
        int seconds = in.readInt();
        try {
            return OffsetDateTime.of(dateTime, ZoneOffset.ofTotalSeconds(seconds));
        } catch (DateTimeException e) {
            throw in.malformed(offset, "a zone offset cannot be " + seconds + " seconds", e);
        }
    }

    static void writeDecimal(DataWriter out, BigDecimal value) {
        out.writeBigInteger(value.unscaledValue());
        out.writeInt(value.scale());
    }

    static BigDecimal readDecimal(DataReader in) {
        return new BigDecimal(in.readBigInteger(), in.readInt());
    }
}
