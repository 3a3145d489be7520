// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import io.filbert.codegen.Schema.Constant;
import io.filbert.codegen.Schema.Constants;

/** Writes named values. */
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
}
