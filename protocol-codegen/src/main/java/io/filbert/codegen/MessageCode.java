// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import io.filbert.codegen.Schema.Field;
import io.filbert.codegen.Schema.Kind;
import io.filbert.codegen.Schema.Message;
import java.util.List;
import java.util.Locale;

/** Writes the methods that encode or decode a message, and the record that holds its parameters. */
final class MessageCode {
    private static final int FRAME_HEADER = 6;
    private static final String NULLABLE = "org.jspecify.annotations.Nullable";

    private final SourceFile file;
    private final JavaNames names;
    private final FieldCode code;

    MessageCode(SourceFile file, JavaNames names, FieldCode code) {
        this.file = file;
        this.names = names;
        this.code = code;
    }

    /** Writes the encoder, or the decoders and their record. */
    void emit(Message message, String name, boolean encode) {
        Layout layout = Layout.of(message.kind().headerBytes(), message.fields());
        if (encode) {
            encode(message, layout, name);
            return;
        }
        decode(message, layout, name);
        decodeWithDecoder(message, layout);
        if (needsRecord(message)) {
            file.line("");
            file.line("/** Parameters of the message. */");
            file.list(
                    "public record " + name,
                    message.fields().stream()
                            .map(each -> names.declared(each) + " " + each.name())
                            .toList(),
                    " {}");
        }
    }

    private void encode(Message message, Layout layout, String name) {
        file.line("");
        // null only where the wire has a null, even if decoding an older peer's message may give one
        file.openList(
                "public static byte[] encode" + name,
                message.fields().stream()
                        .map(each -> names.declared(each.type(), each.type().nullable()) + " " + each.name())
                        .toList(),
                "");
        int firstFrame = FRAME_HEADER + layout.totalBytes();
        List<Field> variable = layout.variable();
        code.stringLengths(variable, "");
        file.list(
                "byte[] out = " + names.runtime("Wire") + ".new"
                        + Schema.capitalized(message.kind().name().toLowerCase(Locale.ROOT)),
                List.of(hex(message.messageType()), Integer.toString(firstFrame), code.size(firstFrame, variable, "")),
                ";");
        layout.offsets().forEach((field, offset) -> code.putFixed(field, Integer.toString(FRAME_HEADER + offset), ""));
        String at = Integer.toString(firstFrame);
        for (int i = 0; i < variable.size(); i++) {
            boolean last = i == variable.size() - 1;
            file.line((last ? "" : i == 0 ? "int at = " : "at = ") + code.putVariable(variable.get(i), at, "") + ";");
            if (!last) {
                at = "at";
            }
        }
        file.line("return Wire.finish(out, " + lastFrame(variable, at) + ");");
        file.close();
    }

    /** Offset of the frame that gets the final flag. */
    private static String lastFrame(List<Field> variable, String lastField) {
        if (variable.isEmpty()) {
            return "0";
        }
        Field last = variable.get(variable.size() - 1);
        if (last.type().oneFrame()) {
            return lastField;
        }
        if (last.type().keysLast()) {
            String keys = last.type().arguments().get(0).bytes() + " * " + last.name() + ".size()";
            return "out.length - 6 - "
                    + (last.type().nullable() ? "(" + last.name() + " == null ? 0 : " + keys + ")" : keys);
        }
        // an end frame or a null frame, both without content
        return "out.length - 6";
    }

    private void decode(Message message, Layout layout, String name) {
        file.line("");
        String result = needsRecord(message)
                ? name
                : message.fields().isEmpty()
                        ? "void"
                        : names.declared(message.fields().get(0));
        file.open("public static " + result + " decode" + name + "(" + names.runtime("MessageReader") + " in)");
        begin(message, layout);
        if (needsRecord(message)) {
            code.read(layout, "in.hasNext()");
            file.list(
                    "return new " + name,
                    message.fields().stream().map(Field::name).toList(),
                    ";");
        } else if (!message.fields().isEmpty()) {
            code.returnOnly(layout, "in.hasNext()");
        }
        file.close();
    }

    private void begin(Message message, Layout layout) {
        file.line("in.begin(" + hex(message.messageType()) + ", " + layout.requiredBytes() + ");");
    }

    /** Values that are nothing but Data can be turned into objects straight from the buffer. */
    private void decodeWithDecoder(Message message, Layout layout) {
        if (message.kind() != Kind.RESPONSE
                || message.fields().size() != 1
                || message.fields().get(0).added()) {
            return;
        }
        Type type = message.fields().get(0).type();
        String suffix = type.nullable() ? "OrNull" : "";
        String annotation = type.nullable() ? "@" + file.use(NULLABLE) + " " : "";
        switch (type.required().toString()) {
            case "Data" -> {
                openDecoder("<T> @" + file.use(NULLABLE) + " T", "<T> decoder");
                begin(message, layout);
                file.line("return in.readData" + suffix + "(decoder);");
                file.close();
            }
            case "List<Data>", "List<Data?>" -> {
                boolean nulls = type.arguments().get(0).nullable();
                String item = nulls ? "@" + file.use(NULLABLE) + " T" : "T";
                openDecoder("<T> " + annotation + file.use("java.util.List") + "<" + item + ">", "<T> decoder");
                begin(message, layout);
                file.line("return in.readData" + (nulls ? "OrNull" : "") + "List" + suffix + "(decoder);");
                file.close();
            }
            case "Entries<Data,Data>" -> {
                String entry = file.use("java.util.Map") + ".Entry<K, V>";
                openDecoder(
                        "<K, V> " + annotation + file.use("java.util.List") + "<" + entry + ">",
                        "<K> keyDecoder",
                        "<V> valueDecoder");
                begin(message, layout);
                file.line("return in.readDataEntries" + suffix + "(keyDecoder, valueDecoder);");
                file.close();
            }
            default -> {}
        }
    }

    private void openDecoder(String result, String... decoders) {
        file.line("");
        String type = names.runtime("DataDecoder");
        List<String> parameters = new java.util.ArrayList<>();
        parameters.add(names.runtime("MessageReader") + " in");
        for (String each : decoders) {
            parameters.add(type + each);
        }
        file.openList("public static " + result + " decodeResponse", parameters, "");
    }

    /** A single value of a response is returned as it is. */
    private static boolean needsRecord(Message message) {
        return message.fields().size() > (message.kind() == Kind.RESPONSE ? 1 : 0);
    }

    static String hex(int messageType) {
        return String.format("0x%06x", messageType);
    }
}
