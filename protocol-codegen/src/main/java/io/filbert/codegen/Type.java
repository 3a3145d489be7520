// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import java.util.List;

/**
 * A wire type as the schema writes it: {@code int}, {@code Data}, {@code List<Data?>}, {@code Map<String,Data>},
 * {@code MemberInfo}.
 *
 * @param name the name before the brackets; {@code int[]} and its like keep their brackets
 * @param arguments the types between the brackets
 * @param nullable whether a question mark follows
 */
public record Type(String name, List<Type> arguments, boolean nullable) {
    public Type {
        arguments = List.copyOf(arguments);
    }

    static Type of(String name, Type... arguments) {
        return new Type(name, List.of(arguments), false);
    }

    /** The same type without its question mark. */
    public Type required() {
        return nullable ? new Type(name, arguments, false) : this;
    }

    /** Whether the value is packed into the fixed frame instead of having frames of its own. */
    public boolean fixedSize() {
        return bytes() > 0;
    }

    /** Bytes of a fixed-size value, or -1. */
    public int bytes() {
        return switch (name) {
            case "boolean", "byte" -> 1;
            case "int", "float" -> 4;
            case "long" -> 8;
            case "UUID" -> 17;
            default -> -1;
        };
    }

    /** Whether a value of this type is always exactly one frame. */
    boolean oneFrame() {
        return switch (name) {
            case "String", "Data", "byte[]", "int[]", "long[]", "float[]" -> true;
            case "List", "Set" -> arguments.get(0).name.equals("UUID");
            case "Entries" -> arguments.stream().allMatch(Type::fixedSize);
            default -> false;
        };
    }

    /** Whether the runtime reads and writes it with methods of its own, which spares the detour over a wire type. */
    boolean direct() {
        return name.equals("String") || name.equals("Data");
    }

    /** Whether the keys are packed into one frame behind the list of values. */
    boolean keysLast() {
        return name.equals("Entries")
                && arguments.get(0).fixedSize()
                && !arguments.get(1).fixedSize();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name);
        if (!arguments.isEmpty()) {
            text.append('<');
            for (int i = 0; i < arguments.size(); i++) {
                text.append(i == 0 ? "" : ",").append(arguments.get(i));
            }
            text.append('>');
        }
        return text.append(nullable ? "?" : "").toString();
    }
}
