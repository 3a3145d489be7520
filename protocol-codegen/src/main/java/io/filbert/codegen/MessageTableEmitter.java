// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import io.filbert.codegen.Schema.CustomType;
import io.filbert.codegen.Schema.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the table of the requests that are shipped. It keeps in one class what every codec would otherwise have to spell out, which
 * costs a fifteenth of the jar.
 */
final class MessageTableEmitter {
    private MessageTableEmitter() {}

    static SourceFile emit(List<Method> methods, Map<String, CustomType> types) {
        SourceFile file = new SourceFile(JavaNames.RUNTIME, "MessageTable");
        file.line(
                "/** What the schema says about each request that the client sends, in words. Generated from the schema. */");
        file.open("final class MessageTable");
        file.open("private MessageTable()");
        file.close();
        file.line("");
        file.line(
                "/** Name, version, partition rule and flags of the request with these upper bytes of its type, or null. */");
        file.open("static @" + file.use("org.jspecify.annotations.Nullable") + " String request(int serviceAndMethod)");
        file.open("return switch (serviceAndMethod)");
        for (Method each : methods) {
            file.line("case " + String.format("0x%04x", each.request().messageType() >>> 8) + " -> \""
                    + facts(each, types) + "\";");
        }
        file.line("default -> null;");
        file.close(";");
        file.close();
        file.close();
        return file;
    }

    static String facts(Method method, Map<String, CustomType> types) {
        return method.fullName() + " " + method.since() + " "
                + method.partitionRule().replace('-', '_').toUpperCase(Locale.ROOT)
                + (method.retryable() ? " retryable" : "")
                + (CarriedData.in(method.request().fields(), types) ? " data" : "");
    }
}
