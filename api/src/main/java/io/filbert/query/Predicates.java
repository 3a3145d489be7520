// SPDX-License-Identifier: Apache-2.0
package io.filbert.query;

import io.filbert.serialization.ObjectDataOutput;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes predicates.
 *
 * <p>An <b>attribute</b> names what is looked at: {@code __key} is the key, {@code this} the value, {@code age} a field of the value,
 * {@code __key.id} one of the key, {@code address.city} a field of a nested object, {@code tags[0]} an item of an array and {@code
 * tags[any]} any of them. Members find the fields of compact, portable and JSON values by themselves; other values need their class on
 * the members. Values compared with must be {@linkplain Comparable comparable} with the attribute's and of its type. A constant of an
 * enum is compared by its name, which is how compact objects hold it; members that have the class of other objects convert the name.
 *
 * <p>All predicates are immutable. A null where none is allowed is refused with {@link NullPointerException}.
 */
public final class Predicates {

    private Predicates() {}

    /** Every entry. */
    public static Predicate alwaysTrue() {
        return new MemberPredicate(14, out -> {}, "true");
    }

    /** No entry. */
    public static Predicate alwaysFalse() {
        return new MemberPredicate(13, out -> {}, "false");
    }

    /**
     * What a condition in the manner of SQL says, such as {@code active AND (age > 20 OR salary < 60000)}: comparisons, {@code BETWEEN},
     * {@code IN}, {@code LIKE}, {@code ILIKE}, {@code REGEX}, {@code AND}, {@code OR}, {@code NOT}. Null is compared with {@code = NULL}. A
     * condition that cannot be parsed fails when a member reads it.
     */
    public static Predicate sql(String condition) {
        Objects.requireNonNull(condition, "condition");
        return new MemberPredicate(0, out -> out.writeString(condition), condition);
    }

    /** The attribute equals the value; null equals null. */
    public static Predicate equal(String attribute, @Nullable Object value) {
        return comparison(3, attribute, "=", value);
    }

    /** The attribute does not equal the value. */
    public static Predicate notEqual(String attribute, @Nullable Object value) {
        return comparison(9, attribute, "!=", value);
    }

    private static Predicate comparison(int classId, String attribute, String operator, @Nullable Object value) {
        Objects.requireNonNull(attribute, "attribute");
        Object compared = nameIfEnum(value);
        return new MemberPredicate(
                classId,
                out -> {
                    out.writeString(attribute);
                    out.writeObject(compared);
                },
                attribute + " " + operator + " " + compared);
    }

    /** Members would need the class to read a constant, and compare it with a name in vain. */
    private static @Nullable Object nameIfEnum(@Nullable Object value) {
        return value instanceof Enum<?> constant ? constant.name() : value;
    }

    /** The attribute is greater than the value. */
    public static Predicate greater(String attribute, Object value) {
        return order(attribute, ">", value, false, false);
    }

    /** The attribute is greater than the value, or equal. */
    public static Predicate greaterOrEqual(String attribute, Object value) {
        return order(attribute, ">=", value, true, false);
    }

    /** The attribute is less than the value. */
    public static Predicate less(String attribute, Object value) {
        return order(attribute, "<", value, false, true);
    }

    /** The attribute is less than the value, or equal. */
    public static Predicate lessOrEqual(String attribute, Object value) {
        return order(attribute, "<=", value, true, true);
    }

    private static Predicate order(String attribute, String operator, Object value, boolean equal, boolean less) {
        Objects.requireNonNull(attribute, "attribute");
        Object compared = nameIfEnum(Objects.requireNonNull(value, "value"));
        return new MemberPredicate(
                4,
                out -> {
                    out.writeString(attribute);
                    out.writeObject(compared);
                    out.writeBoolean(equal);
                    out.writeBoolean(less);
                },
                attribute + " " + operator + " " + compared);
    }

    /** The attribute is neither less than {@code from} nor greater than {@code to}; constants of enums in the order of their names. */
    public static Predicate between(String attribute, Object from, Object to) {
        Objects.requireNonNull(attribute, "attribute");
        Object lowest = nameIfEnum(Objects.requireNonNull(from, "from"));
        Object highest = nameIfEnum(Objects.requireNonNull(to, "to"));
        return new MemberPredicate(
                2,
                out -> {
                    out.writeString(attribute);
                    out.writeObject(highest);
                    out.writeObject(lowest);
                },
                attribute + " between " + lowest + " and " + highest);
    }

    /** The attribute equals one of the values, any of which may be null. */
    public static Predicate in(String attribute, @Nullable Object... values) {
        Objects.requireNonNull(attribute, "attribute");
        // Of its own type: the caller's may be an array of an enum.
        @Nullable
        Object[] copy = Arrays.stream(values).map(Predicates::nameIfEnum).toArray();
        return new MemberPredicate(
                7,
                out -> {
                    out.writeString(attribute);
                    out.writeInt(copy.length);
                    for (Object value : copy) {
                        out.writeObject(value);
                    }
                },
                attribute + " in " + Arrays.toString(copy));
    }

    /** The attribute is a text of this form: {@code %} stands for any characters, {@code _} for one, {@code \\} before them for themselves. */
    public static Predicate like(String attribute, @Nullable String pattern) {
        return text(5, attribute, "like", pattern);
    }

    /** As {@link #like}, small and capital letters alike. */
    public static Predicate ilike(String attribute, @Nullable String pattern) {
        return text(6, attribute, "ilike", pattern);
    }

    /** The attribute is a text that matches the expression as a whole, see {@link java.util.regex.Pattern}. */
    public static Predicate regex(String attribute, @Nullable String pattern) {
        return text(12, attribute, "regex", pattern);
    }

    private static Predicate text(int classId, String attribute, String operator, @Nullable String pattern) {
        Objects.requireNonNull(attribute, "attribute");
        return new MemberPredicate(
                classId,
                out -> {
                    out.writeString(attribute);
                    out.writeString(pattern);
                },
                attribute + " " + operator + " '" + pattern + "'");
    }

    /** The value is an instance of this class, which must be on the members. */
    public static Predicate instanceOf(String className) {
        Objects.requireNonNull(className, "className");
        return new MemberPredicate(8, out -> out.writeString(className), "this is a " + className);
    }

    /** All of the predicates; every entry, if there are none. */
    public static Predicate and(Predicate... predicates) {
        return several(1, " and ", predicates);
    }

    /** At least one of the predicates; no entry, if there are none. */
    public static Predicate or(Predicate... predicates) {
        return several(11, " or ", predicates);
    }

    private static Predicate several(int classId, String between, Predicate... predicates) {
        List<Predicate> parts = List.of(predicates);
        return new MemberPredicate(
                classId,
                out -> writeAll(out, parts),
                parts.stream().map(Object::toString).collect(Collectors.joining(between, "(", ")")));
    }

    private static void writeAll(ObjectDataOutput out, List<Predicate> parts) {
        out.writeInt(parts.size());
        parts.forEach(out::writeObject);
    }

    /** Not the predicate. */
    public static Predicate not(Predicate predicate) {
        Objects.requireNonNull(predicate, "predicate");
        return new MemberPredicate(10, out -> out.writeObject(predicate), "not (" + predicate + ")");
    }
}
