// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

/**
 * Writes and reads the fields of one class by name. The fields that {@link #write} writes make the schema of the class, which the
 * client sends to the cluster once; objects carry only its number. Members can query and index the fields without knowing the
 * class, and fields may be added or removed over time.
 *
 * <p>One instance serves the whole client: it must be thread-safe. {@link #write} runs on the calling thread; {@link #read} runs
 * on the thread that waits for the object, or on the callback executor, never on a thread that reads from sockets. Whatever they throw
 * reaches the user wrapped in {@link io.filbert.error.SerializationException}. The schema is learnt from the first object, for which {@code
 * write} runs twice.
 *
 * <p><b>Without a serializer</b> a class that no other form fits is written field by field, under its own name as type name:
 *
 * <ul>
 *   <li>Records, through their accessors and their canonical constructor; and classes with a constructor without parameters, of any
 *       visibility, through their fields that are neither static nor transient, those of superclasses too. In a named module the package must
 *       be open to {@code io.filbert.serialization}.
 *   <li>Numbers, booleans, texts, decimals, dates, times and arrays of them become the kinds of the same name; characters numbers of 16 bits;
 *       enums the names of their constants; other classes compact objects. Collections become arrays of what they hold, and a map {@code m}
 *       two of them, {@code m!keys} and {@code m!values}. So far it is what the members' own language does, too.
 *   <li>Beyond that: UUID, Duration, Period, ZonedDateTime, OffsetTime, YearMonth, MonthDay, ZoneId, Locale, Currency and {@link
 *       HazelcastJsonValue} become texts, Instant and Date timestamps in UTC, BigInteger a decimal, Year a number, and an Optional what it
 *       holds.
 *   <li>A value that would come back as less than it is, such as a subclass of the class that the field declares, is refused when it is
 *       written.
 *   <li>On reading, fields that the object lacks are 0, false or null in records, and as the constructor has set them in other classes.
 *       Numbers may have been written as a smaller kind. Fields that the class lacks are left out.
 * </ul>
 *
 * @param <T> the class of the objects
 */
public interface CompactSerializer<T> {

    /** Reads an object: what {@link #write} has written, by this version of the class or another one. */
    T read(CompactReader reader);

    /** Writes the object, which is never null: always the same fields with the same kinds. */
    void write(CompactWriter writer, T object);

    /** The exact class of the objects, not a superclass or an interface; for an enum all constants are meant. */
    Class<T> getCompactClass();

    /** The name under which clients of any language know the class, the same in all programs that share the data. */
    String getTypeName();
}
