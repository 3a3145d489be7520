// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code WireType} objects one generated class needs. Frequent ones are constants of the runtime; the others become
 * private constants of the class.
 */
final class WireTypeConstants {
    private static final Map<String, String> OF_RUNTIME = Map.ofEntries(
            Map.entry("String", "STRING"),
            Map.entry("Data", "DATA"),
            Map.entry("byte[]", "BYTES"),
            Map.entry("int[]", "INTS"),
            Map.entry("long[]", "LONGS"),
            Map.entry("float[]", "FLOATS"),
            Map.entry("List<UUID>", "UUIDS"),
            Map.entry("Set<UUID>", "UUID_SET"),
            Map.entry("List<Data>", "DATA_LIST"),
            Map.entry("Entries<Data,Data>", "DATA_ENTRIES"),
            Map.entry("List<String>", "STRING_LIST"),
            Map.entry("Map<String,String>", "STRING_MAP"));

    private final JavaNames names;
    private final Map<Type, String> own = new LinkedHashMap<>();

    WireTypeConstants(JavaNames names) {
        this.names = names;
    }

    /** The expression that names the wire type of a field. */
    String nameOf(Type nullableOrNot) {
        Type type = nullableOrNot.required();
        if (OF_RUNTIME.containsKey(type.toString())) {
            return names.runtime("WireTypes") + "." + OF_RUNTIME.get(type.toString());
        }
        if (type.arguments().isEmpty()) {
            return names.wireType(type) + ".INSTANCE";
        }
        return own.computeIfAbsent(type, WireTypeConstants::constantName);
    }

    /** Declares the private constants asked for so far. */
    void declare(SourceFile file) {
        own.forEach((type, name) -> file.line("private static final " + names.runtime("WireType") + "<"
                + names.name(type, true) + "> " + name + " = " + expression(type) + ";"));
        if (!own.isEmpty()) {
            file.line("");
        }
    }

    private String expression(Type type) {
        if (OF_RUNTIME.containsKey(type.toString()) || type.arguments().isEmpty()) {
            return nameOf(type);
        }
        String factory = names.runtime("WireTypes") + ".";
        Type first = type.arguments().get(0);
        if (type.name().equals("List")) {
            return factory + (first.nullable() ? "listOfNullable" : "list") + "(" + expression(first.required()) + ")";
        }
        Type second = type.arguments().get(1);
        if (type.oneFrame()) {
            return factory + "packed(" + fixed(first) + ", " + fixed(second) + ")";
        }
        if (type.keysLast()) {
            return factory + "keysLast(" + fixed(first) + ", " + expression(second) + ")";
        }
        String name = type.name().equals("Map") ? "map" : "entries";
        return factory + name + "(" + expression(first) + ", " + expression(second) + ")";
    }

    private String fixed(Type type) {
        return names.runtime("FixedType") + "."
                + switch (type.name()) {
                    case "int" -> "INT";
                    case "long" -> "LONG";
                    case "UUID" -> "UUID";
                    default -> throw new IllegalArgumentException("no packed entries of " + type);
                };
    }

    private static String constantName(Type type) {
        return type.toString()
                .replace("[]", "s")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .replaceAll("[<,?>]+", "_")
                .replaceAll("_$", "")
                .toUpperCase(java.util.Locale.ROOT);
    }
}
