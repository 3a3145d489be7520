// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import java.util.TreeSet;

/** A Java file under construction: collects lines with their indentation, and imports. Not thread-safe. */
final class SourceFile {
    private static final int WIDTH = 120;

    private final String packageName;
    private final String typeName;
    private final TreeSet<String> imports = new TreeSet<>();
    private final StringBuilder body = new StringBuilder();
    private int depth;

    SourceFile(String packageName, String typeName) {
        this.packageName = packageName;
        this.typeName = typeName;
    }

    /** Path below the output directory. */
    String path() {
        return packageName.replace('.', '/') + "/" + typeName + ".java";
    }

    /** Imports a class unless it is in the same package, and answers its simple name. */
    String use(String qualifiedName) {
        int dot = qualifiedName.lastIndexOf('.');
        if (!qualifiedName.substring(0, dot).equals(packageName)) {
            imports.add(qualifiedName);
        }
        return qualifiedName.substring(dot + 1);
    }

    void line(String text) {
        if (!text.isEmpty()) {
            body.append("    ".repeat(depth)).append(text);
        }
        body.append('\n');
    }

    /** A line ending with an opening brace. */
    void open(String text) {
        line(text + " {");
        depth++;
    }

    void close() {
        close("");
    }

    /** A closing brace with something behind it. */
    void close(String tail) {
        depth--;
        line("}" + tail);
    }

    /** A line of the form {@code head(a, b, c)tail}, folded when it gets too long. */
    void list(String head, Iterable<String> items, String tail) {
        String flat = head + "(" + String.join(", ", items) + ")" + tail;
        if (depth * 4 + flat.length() <= WIDTH) {
            line(flat);
        } else {
            line(head + "(");
            String indent = "    ".repeat(depth + 2);
            body.append(indent)
                    .append(String.join(",\n" + indent, items))
                    .append(")")
                    .append(tail)
                    .append('\n');
        }
    }

    void openList(String head, Iterable<String> items, String tail) {
        list(head, items, tail + " {");
        depth++;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("// SPDX-License-Identifier: Apache-2.0\n");
        text.append("package ").append(packageName).append(";\n\n");
        imports.forEach(each -> text.append("import ").append(each).append(";\n"));
        if (!imports.isEmpty()) {
            text.append('\n');
        }
        return text.append(body).toString();
    }
}
