// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import io.filbert.codegen.Schema.Field;

/** How wire types are spelled in the generated Java of one file; imports what it names. */
final class JavaNames {
    static final String RUNTIME = "io.filbert.internal.protocol";
    static final String CODECS = RUNTIME + ".codec";
    static final String TYPES = RUNTIME + ".type";

    private final SourceFile file;

    JavaNames(SourceFile file) {
        this.file = file;
    }

    String runtime(String name) {
        return file.use(RUNTIME + "." + name);
    }

    /** The class that knows the wire form of a custom type. */
    String wireType(Type type) {
        return file.use(CODECS + "." + type.name() + "Type");
    }

    /** The declared type of a field: {@code @Nullable Data}, {@code byte @Nullable []}. */
    String declared(Field field) {
        return declared(field.type(), field.nullableInJava());
    }

    String declared(Type type, boolean nullable) {
        String name = name(type, false);
        if (!nullable) {
            return name;
        }
        String annotation = "@" + file.use("org.jspecify.annotations.Nullable");
        return name.endsWith("[]")
                ? name.substring(0, name.length() - 2) + " " + annotation + " []"
                : annotation + " " + name;
    }

    String name(Type type, boolean boxed) {
        return switch (type.name()) {
            case "boolean", "byte", "float", "long" -> boxed ? Schema.capitalized(type.name()) : type.name();
            case "int" -> boxed ? "Integer" : "int";
            case "String", "byte[]", "int[]", "long[]", "float[]" -> type.name();
            case "UUID" -> file.use("java.util.UUID");
            case "Data" -> runtime("Data");
            case "List" ->
                file.use("java.util.List") + "<" + argument(type.arguments().get(0)) + ">";
            case "Set" ->
                file.use("java.util.Set") + "<" + argument(type.arguments().get(0)) + ">";
            case "Map" -> file.use("java.util.Map") + "<" + arguments(type) + ">";
            case "Entries" ->
                file.use("java.util.List") + "<" + file.use("java.util.Map") + ".Entry<" + arguments(type) + ">>";
            default -> file.use(TYPES + "." + type.name());
        };
    }

    private String arguments(Type type) {
        return argument(type.arguments().get(0)) + ", "
                + argument(type.arguments().get(1));
    }

    private String argument(Type type) {
        return type.nullable() ? declared(type.required(), true) : name(type, true);
    }
}
