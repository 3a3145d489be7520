// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import io.filbert.codegen.Schema.Field;
import java.util.ArrayList;
import java.util.List;

/** Statements that size, write and read fields; shared by messages and custom types. */
final class FieldCode {
    private static final int FRAME_HEADER = 6;

    private final SourceFile file;
    private final JavaNames names;
    private final WireTypeConstants wireTypes;

    FieldCode(SourceFile file, JavaNames names, WireTypeConstants wireTypes) {
        this.file = file;
        this.names = names;
        this.wireTypes = wireTypes;
    }

    /** Declares a local with the UTF-8 length of each string, so that it is counted once. */
    void stringLengths(List<Field> variable, String prefix) {
        for (Field field : variable) {
            if (isString(field)) {
                file.line("int " + field.name() + "Length = " + wire("utf8Length") + "(" + prefix
                        + accessor(field, prefix) + ");");
            }
        }
    }

    /** An expression for the bytes of all frames of these fields, plus a constant. */
    String size(int constant, List<Field> variable, String prefix) {
        int sum = constant;
        List<String> terms = new ArrayList<>();
        for (Field field : variable) {
            String value = prefix + accessor(field, prefix);
            if (isString(field)) {
                sum += FRAME_HEADER;
                terms.add(field.name() + "Length");
            } else {
                String suffix = field.type().nullable() ? "OrNull" : "";
                terms.add(
                        field.type().direct()
                                ? wire("size" + suffix) + "(" + value + ")"
                                : wireTypes.nameOf(field.type()) + ".size" + suffix + "(" + value + ")");
            }
        }
        return sum + (terms.isEmpty() ? "" : " + " + String.join(" + ", terms));
    }

    /** A statement that writes a fixed-size field. */
    void putFixed(Field field, String at, String prefix) {
        file.line(wire("put" + Schema.capitalized(fixedName(field.type()))) + "(out, " + at + ", " + prefix
                + accessor(field, prefix) + ");");
    }

    /** The expression that writes a variable-size field and answers the offset behind it. */
    String putVariable(Field field, String at, String prefix) {
        String value = prefix + accessor(field, prefix);
        String suffix = field.type().nullable() ? "OrNull" : "";
        if (isString(field)) {
            return wire("putString" + suffix) + "(out, " + at + ", " + value + ", " + field.name() + "Length)";
        }
        String receiver = field.type().direct() ? names.runtime("Wire") : wireTypes.nameOf(field.type());
        return receiver + ".put" + suffix + "(out, " + at + ", " + value + ")";
    }

    /** Declares a local for each field and fills it from the reader; fixed-size ones first. */
    void read(Layout layout, String hasVariable) {
        layout.offsets().keySet().forEach(field -> file.line(local(field) + value(field, layout, hasVariable) + ";"));
        layout.variable().forEach(field -> file.line(local(field) + value(field, layout, hasVariable) + ";"));
    }

    /** Returns the value of the only field. */
    void returnOnly(Layout layout, String hasVariable) {
        Field field = layout.variable().isEmpty()
                ? layout.offsets().keySet().iterator().next()
                : layout.variable().get(0);
        file.line("return " + value(field, layout, hasVariable) + ";");
    }

    private String local(Field field) {
        return names.name(field.type(), false) + " " + field.name() + " = ";
    }

    private String value(Field field, Layout layout, String hasVariable) {
        Integer offset = layout.offsets().get(field);
        if (offset == null) {
            return orDefault(field, hasVariable, readVariable(field));
        }
        String suffix = field.type().nullable() ? "OrNull" : "";
        return orDefault(
                field,
                "in.has(" + (offset + field.type().bytes()) + ")",
                "in." + fixedName(field.type()) + "At" + suffix + "(" + offset + ")");
    }

    private String orDefault(Field field, String present, String value) {
        return field.added() ? present + " ? " + value + " : " + defaultValue(field) : value;
    }

    private String readVariable(Field field) {
        String suffix = field.type().nullable() ? "OrNull" : "";
        return field.type().direct()
                ? "in.read" + field.type().name() + suffix + "()"
                : wireTypes.nameOf(field.type()) + ".read" + suffix + "(in)";
    }

    private String defaultValue(Field field) {
        String value = field.defaultValue();
        if (value.equals("null")) {
            return "null";
        }
        if (value.equals("empty")) {
            return switch (field.type().name()) {
                case "Map" -> file.use("java.util.Map") + ".of()";
                case "List", "Entries" -> file.use("java.util.List") + ".of()";
                default -> throw new SchemaException(field.location(), field.type() + " has no empty default");
            };
        }
        return switch (field.type().name()) {
            case "byte" -> "(byte) " + value;
            case "long" -> value + "L";
            case "String" -> '"' + value + '"';
            case "boolean", "int", "float" -> value;
            default -> throw new SchemaException(field.location(), field.type() + " cannot default to " + value);
        };
    }

    private String wire(String method) {
        return names.runtime("Wire") + "." + method;
    }

    private static boolean isString(Field field) {
        return field.type().name().equals("String");
    }

    private static String fixedName(Type type) {
        return type.name().equals("UUID") ? "uuid" : type.name();
    }

    /** Fields of a record are read through its accessors, parameters by their names. */
    private static String accessor(Field field, String prefix) {
        return prefix.isEmpty() ? field.name() : field.name() + "()";
    }
}
