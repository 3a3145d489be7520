// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import io.filbert.codegen.Schema.Constant;
import io.filbert.codegen.Schema.Constants;
import io.filbert.codegen.Schema.Method;
import java.util.List;

/** Writes named values, and the names of messages for error texts and logs. */
final class ConstantsEmitter {
    private ConstantsEmitter() {}

    static SourceFile emit(Constants constants) {
        SourceFile file = new SourceFile(JavaNames.TYPES, constants.name());
        boolean text = constants.javaType().equals("String");
        file.line("/** Values of {@code " + constants.name() + "}. Generated from " + constants.location() + ". */");
        file.open("public final class " + constants.name());
        for (Constant each : constants.values()) {
            if (!each.remark().isEmpty()) {
                file.line("/** " + Schema.capitalized(each.remark()) + ". */");
            }
            file.line("public static final " + constants.javaType() + " " + each.name() + " = "
                    + (text ? '"' + each.value() + '"' : each.value()) + ";");
        }
        file.line("");
        file.open("private " + constants.name() + "()");
        file.close();
        if (!text) {
            file.line("");
            file.line("/** The name of a value, or the number itself when it has none. */");
            file.open("public static String nameOf(int value)");
            file.open("return switch (value)");
            for (Constant each : constants.values()) {
                file.line("case " + each.value() + " -> \"" + each.name() + "\";");
            }
            file.line("default -> Integer.toString(value);");
            file.close(";");
            file.close();
        }
        file.close();
        return file;
    }

    static SourceFile emitMessageNames(List<Method> methods) {
        SourceFile file = new SourceFile(JavaNames.RUNTIME, "MessageNames");
        file.line("/** Names of all messages, for error texts and logs. Generated from the schema. */");
        file.open("public final class MessageNames");
        file.open("private MessageNames()");
        file.close();
        file.line("");
        file.line("/** {@code Map.put request} and the like; the number for types the schema does not know. */");
        file.open("public static String of(int messageType)");
        file.line("String method = method(messageType >>> 8);");
        file.open("if (messageType == 0 || method == null)");
        file.line("return messageType == 0 ? \"error response\" : String.format(\"message 0x%06x\", messageType);");
        file.close();
        file.line("int kind = messageType & 0xff;");
        file.line("return method + (kind == 0 ? \" request\" : kind == 1 ? \" response\" : \" event \" + kind);");
        file.close();
        file.line("");
        file.open("private static @" + file.use("org.jspecify.annotations.Nullable") + " String method(int number)");
        file.open("return switch (number)");
        for (Method each : methods) {
            file.line("case " + String.format("0x%04x", each.typeOf(0) >>> 8) + " -> \"" + each.fullName() + "\";");
        }
        file.line("default -> null;");
        file.close(";");
        file.close();
        file.close();
        return file;
    }
}
