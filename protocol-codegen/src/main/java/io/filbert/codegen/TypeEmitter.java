// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import io.filbert.codegen.Schema.CustomType;
import io.filbert.codegen.Schema.Field;

/** Writes the record of a custom type and the class that knows its wire form. */
final class TypeEmitter {
    private static final int FRAME_HEADER = 6;

    private TypeEmitter() {}

    static SourceFile emitRecord(CustomType type) {
        SourceFile file = new SourceFile(JavaNames.TYPES, type.name());
        JavaNames names = new JavaNames(file);
        file.line("/** {@code " + type.name() + "}, protocol " + type.since() + ". Generated from " + type.location()
                + ". */");
        file.list(
                "public record " + type.name(),
                type.fields().stream()
                        .map(each -> names.declared(each) + " " + each.name())
                        .toList(),
                " {}");
        return file;
    }

    static SourceFile emitWireType(CustomType type) {
        SourceFile file = new SourceFile(JavaNames.CODECS, type.name() + "Type");
        JavaNames names = new JavaNames(file);
        WireTypeConstants wireTypes = new WireTypeConstants(names);
        FieldCode code = new FieldCode(file, names, wireTypes);
        Layout layout = Layout.of(0, type.fields());
        String record = file.use(JavaNames.TYPES + "." + type.name());
        boolean hasFixed = !layout.offsets().isEmpty();
        // begin, end, and the frame of fixed-size fields if there is one
        int frames = 2 * FRAME_HEADER + (hasFixed ? FRAME_HEADER + layout.totalBytes() : 0);

        file.line("/** Wire form of {@link " + record + "}. Generated from " + type.location() + ". */");
        file.open("public final class " + type.name() + "Type implements " + names.runtime("WireType") + "<" + record
                + ">");
        file.line("public static final " + type.name() + "Type INSTANCE = new " + type.name() + "Type();");
        file.line("");
        for (Field field : layout.variable()) {
            if (!field.type().direct()) {
                wireTypes.nameOf(field.type());
            }
        }
        wireTypes.declare(file);
        file.open("private " + type.name() + "Type()");
        file.close();

        file.line("");
        file.line("@Override");
        file.open("public int size(" + record + " value)");
        code.stringLengths(layout.variable(), "value.");
        file.line("return " + code.size(frames, layout.variable(), "value.") + ";");
        file.close();

        file.line("");
        file.line("@Override");
        file.open("public int put(byte[] out, int start, " + record + " value)");
        String wire = names.runtime("Wire");
        file.line("int at = " + wire + ".putBegin(out, start);");
        if (hasFixed) {
            file.line("at = " + wire + ".putFrame(out, at, " + layout.totalBytes() + ");");
            layout.offsets()
                    .forEach((field, offset) -> code.putFixed(field, offset == 0 ? "at" : "at + " + offset, "value."));
            file.line("at += " + layout.totalBytes() + ";");
        }
        code.stringLengths(layout.variable(), "value.");
        for (Field field : layout.variable()) {
            file.line("at = " + code.putVariable(field, "at", "value.") + ";");
        }
        file.line("return " + wire + ".putEnd(out, at);");
        file.close();

        file.line("");
        file.line("@Override");
        file.open("public " + record + " read(" + names.runtime("MessageReader") + " in)");
        file.line("in.beginType();");
        if (hasFixed) {
            file.line("in.fixedFrame(" + layout.requiredBytes() + ");");
        }
        code.read(layout, "in.hasField()");
        file.line("in.endType();");
        file.list(
                "return new " + record, type.fields().stream().map(Field::name).toList(), ";");
        file.close();
        file.close();
        return file;
    }
}
