// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import io.filbert.codegen.Schema.Field;
import io.filbert.codegen.Schema.Kind;
import io.filbert.codegen.Schema.Message;
import io.filbert.codegen.Schema.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the codec class of one method: request, response and events, both directions. */
final class CodecEmitter {
    private static final int FRAME_HEADER = 6;
    private static final Set<String> RESERVED = Set.of("in", "out", "at", "decoder", "keyDecoder", "valueDecoder");

    private final Method method;
    private final Map<String, Schema.CustomType> types;
    private final SourceFile file;
    private final JavaNames names;
    private final WireTypeConstants wireTypes;
    private final FieldCode code;

    private CodecEmitter(Method method, Map<String, Schema.CustomType> types) {
        this.method = method;
        this.types = types;
        file = new SourceFile(JavaNames.CODECS, method.codecName());
        names = new JavaNames(file);
        wireTypes = new WireTypeConstants(names);
        code = new FieldCode(file, names, wireTypes);
    }

    static SourceFile emit(Method method, Map<String, Schema.CustomType> types) {
        CodecEmitter emitter = new CodecEmitter(method, types);
        emitter.emit();
        return emitter.file;
    }

    private void emit() {
        checkNames(method.request());
        checkNames(method.response());
        method.events().forEach(this::checkNames);
        file.line("/** {@code " + method.fullName() + "}. Generated from " + method.location() + ". */");
        file.open("public final class " + method.codecName());
        constants();
        collectWireTypes();
        wireTypes.declare(file);
        file.open("private " + method.codecName() + "()");
        file.close();
        message(method.request(), "Request");
        message(method.response(), "Response");
        for (Message event : method.events()) {
            message(event, event.eventName());
        }
        file.close();
    }

    private void constants() {
        String requestType = names.runtime("RequestType");
        String rule = names.runtime("PartitionRule") + "."
                + method.partitionRule().replace('-', '_').toUpperCase(java.util.Locale.ROOT);
        file.list(
                "public static final " + requestType + " REQUEST = new " + requestType,
                List.of(
                        hex(method.request().messageType()),
                        '"' + method.fullName() + '"',
                        Boolean.toString(method.retryable()),
                        Boolean.toString(CarriedData.in(method.request().fields(), types)),
                        rule,
                        '"' + method.since() + '"'),
                ";");
        file.line("public static final int RESPONSE_TYPE = "
                + hex(method.response().messageType()) + ";");
        for (Message event : method.events()) {
            file.line("public static final int " + constantName(event) + " = " + hex(event.messageType()) + ";");
        }
        file.line("");
    }

    /** Constants stand above the methods that need them, so they are asked for first. */
    private void collectWireTypes() {
        for (Message message : allMessages()) {
            for (Field field : Layout.of(0, message.fields()).variable()) {
                code.size(0, List.of(field), "");
                code.readVariable(field);
            }
        }
    }

    private List<Message> allMessages() {
        List<Message> all = new java.util.ArrayList<>(List.of(method.request(), method.response()));
        all.addAll(method.events());
        return all;
    }

    private void message(Message message, String name) {
        Layout layout = Layout.of(message.kind().headerBytes(), message.fields());
        encode(message, layout, name, hex(message.messageType()));
        decode(message, layout, name, hex(message.messageType()));
        decodeWithDecoder(message, layout, hex(message.messageType()));
        if (needsRecord(message)) {
            file.line("");
            file.line("/** Parameters of {@link #encode" + name + "}. */");
            file.list("public record " + name, declarations(message.fields()), " {}");
        }
    }

    private void encode(Message message, Layout layout, String name, String messageType) {
        file.line("");
        file.openList("public static byte[] encode" + name, parameters(message.fields()), "");
        int firstFrame = FRAME_HEADER + layout.totalBytes();
        code.stringLengths(layout.variable(), "");
        String factory = names.runtime("Wire") + ".new" + Schema.capitalized(kindName(message.kind()));
        file.list(
                "byte[] out = " + factory,
                List.of(messageType, Integer.toString(firstFrame), code.size(firstFrame, layout.variable(), "")),
                ";");
        layout.offsets().forEach((field, offset) -> code.putFixed(field, Integer.toString(FRAME_HEADER + offset), ""));
        String at = Integer.toString(firstFrame);
        List<Field> variable = layout.variable();
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

    private void decode(Message message, Layout layout, String name, String messageType) {
        file.line("");
        String result = resultType(message, name);
        file.open("public static " + result + " decode" + name + "(" + names.runtime("MessageReader") + " in)");
        file.line("in.begin(" + messageType + ", " + layout.requiredBytes() + ");");
        code.read(layout, "in.hasNext()");
        List<String> fieldNames = message.fields().stream().map(Field::name).toList();
        if (needsRecord(message)) {
            file.list("return new " + name, fieldNames, ";");
        } else if (!fieldNames.isEmpty()) {
            file.line("return " + fieldNames.get(0) + ";");
        }
        file.close();
    }

    /** Values that are nothing but Data can be turned into objects straight from the buffer. */
    private void decodeWithDecoder(Message message, Layout layout, String messageType) {
        if (message.kind() != Kind.RESPONSE || message.fields().size() != 1) {
            return;
        }
        Field field = message.fields().get(0);
        if (field.added()) {
            return;
        }
        String suffix = field.type().nullable() ? "OrNull" : "";
        String begin = "in.begin(" + messageType + ", " + layout.requiredBytes() + ");";
        switch (field.type().required().toString()) {
            case "Data" -> {
                decoderMethod("<T> @" + file.use("org.jspecify.annotations.Nullable") + " T", begin);
                file.line("return in.readData" + suffix + "(decoder);");
                file.close();
            }
            case "List<Data>", "List<Data?>" -> {
                boolean nulls = field.type().arguments().get(0).nullable();
                String list = file.use("java.util.List")
                        + (nulls ? "<@" + file.use("org.jspecify.annotations.Nullable") + " T>" : "<T>");
                decoderMethod("<T> " + annotated(list, field), begin);
                file.line("return in.readData" + (nulls ? "OrNull" : "") + "List" + suffix + "(decoder);");
                file.close();
            }
            case "Entries<Data,Data>" -> {
                file.line("");
                String list = file.use("java.util.List") + "<" + file.use("java.util.Map") + ".Entry<K, V>>";
                String decoder = names.runtime("DataDecoder");
                file.openList(
                        "public static <K, V> " + annotated(list, field) + " decodeResponse",
                        List.of(
                                names.runtime("MessageReader") + " in",
                                decoder + "<K> keyDecoder",
                                decoder + "<V> valueDecoder"),
                        "");
                file.line(begin);
                file.line("return in.readDataEntries" + suffix + "(keyDecoder, valueDecoder);");
                file.close();
            }
            default -> {}
        }
    }

    private void decoderMethod(String result, String begin) {
        file.line("");
        file.open("public static " + result + " decodeResponse(" + names.runtime("MessageReader") + " in, "
                + names.runtime("DataDecoder") + "<T> decoder)");
        file.line(begin);
    }

    private String annotated(String type, Field field) {
        return field.type().nullable() ? "@" + file.use("org.jspecify.annotations.Nullable") + " " + type : type;
    }

    private String resultType(Message message, String name) {
        if (needsRecord(message)) {
            return name;
        }
        return message.fields().isEmpty()
                ? "void"
                : names.declared(message.fields().get(0));
    }

    private static boolean needsRecord(Message message) {
        return message.fields().size() > (message.kind() == Kind.RESPONSE ? 1 : 0);
    }

    private List<String> declarations(List<Field> fields) {
        return fields.stream()
                .map(each -> names.declared(each) + " " + each.name())
                .toList();
    }

    /** What an encoder takes: null only where the wire has a null. */
    private List<String> parameters(List<Field> fields) {
        return fields.stream()
                .map(each -> names.declared(each.type(), each.type().nullable()) + " " + each.name())
                .toList();
    }

    private void checkNames(Message message) {
        for (Field field : message.fields()) {
            if (RESERVED.contains(field.name())) {
                throw new SchemaException(field.location(), "the codecs use \"" + field.name() + "\" themselves");
            }
        }
    }

    private static String constantName(Message event) {
        return event.eventName().replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(java.util.Locale.ROOT) + "_TYPE";
    }

    private static String kindName(Kind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    static String hex(int messageType) {
        return String.format("0x%06x", messageType);
    }
}
