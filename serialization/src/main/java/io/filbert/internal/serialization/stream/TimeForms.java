// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The forms of dates and times, which other forms (compact fields, rows) are made of too. */
public final class TimeForms {
    public static final int DATE_SIZE = Integer.BYTES + 2;
    public static final int TIME_SIZE = 3 + Integer.BYTES;
    public static final int DATE_TIME_SIZE = DATE_SIZE + TIME_SIZE;
    public static final int OFFSET_DATE_TIME_SIZE = DATE_TIME_SIZE + Integer.BYTES;

    private TimeForms() {}

    public static void writeDate(DataWriter out, LocalDate date) {
        out.writeInt(date.getYear());
        out.writeByte(date.getMonthValue());
        out.writeByte(date.getDayOfMonth());
    }

    public static LocalDate readDate(DataReader in) {
        int offset = in.position();
        int year = in.readInt();
        byte month = in.readByte();
        byte day = in.readByte();
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            throw in.malformed(offset, "a date cannot be year " + year + ", month " + month + ", day " + day, e);
        }
    }

    public static void writeTime(DataWriter out, LocalTime time) {
        out.writeByte(time.getHour());
        out.writeByte(time.getMinute());
        out.writeByte(time.getSecond());
        out.writeInt(time.getNano());
    }

    public static LocalTime readTime(DataReader in) {
        int offset = in.position();
        byte hour = in.readByte();
        byte minute = in.readByte();
        byte second = in.readByte();
        int nano = in.readInt();
        try {
            return LocalTime.of(hour, minute, second, nano);
        } catch (DateTimeException e) {
            String time = "hour " + hour + ", minute " + minute + ", second " + second + ", nanosecond " + nano;
            throw in.malformed(offset, "a time cannot be " + time, e);
        }
    }

    public static void writeDateTime(DataWriter out, LocalDateTime dateTime) {
        writeDate(out, dateTime.toLocalDate());
        writeTime(out, dateTime.toLocalTime());
    }

    public static LocalDateTime readDateTime(DataReader in) {
        LocalDate date = readDate(in);
        return LocalDateTime.of(date, readTime(in));
    }

    public static void writeOffsetDateTime(DataWriter out, OffsetDateTime dateTime) {
        writeDateTime(out, dateTime.toLocalDateTime());
        out.writeInt(dateTime.getOffset().getTotalSeconds());
    }

    public static OffsetDateTime readOffsetDateTime(DataReader in) {
        LocalDateTime dateTime = readDateTime(in);
        int offset = in.position();
        int seconds = in.readInt();
        try {
            return OffsetDateTime.of(dateTime, ZoneOffset.ofTotalSeconds(seconds));
        } catch (DateTimeException e) {
            throw in.malformed(offset, "a zone offset cannot be " + seconds + " seconds", e);
        }
    }
}
