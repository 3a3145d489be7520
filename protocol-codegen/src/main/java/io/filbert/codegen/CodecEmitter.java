// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import io.filbert.codegen.Schema.Field;
import io.filbert.codegen.Schema.Message;
import io.filbert.codegen.Schema.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes one side's codec class of one method, with its request, response and events. */
final class CodecEmitter {
    private static final Set<String> RESERVED = Set.of("in", "out", "at", "decoder", "keyDecoder", "valueDecoder");

    private final Side side;
    private final Method method;
    private final Map<String, Schema.CustomType> types;
    private final SourceFile file;
    private final JavaNames names;
    private final WireTypeConstants wireTypes;
    private final FieldCode code;

    private CodecEmitter(Side side, Method method, Map<String, Schema.CustomType> types) {
        this.side = side;
        this.method = method;
        this.types = types;
        file = new SourceFile(side.packageName(), side.codecName(method));
        names = new JavaNames(file);
        wireTypes = new WireTypeConstants(names);
        code = new FieldCode(file, names, wireTypes);
    }

    static SourceFile emit(Side side, Method method, Map<String, Schema.CustomType> types) {
        CodecEmitter emitter = new CodecEmitter(side, method, types);
        emitter.emit();
        return emitter.file;
    }

    private void emit() {
        List<Message> messages = new ArrayList<>(List.of(method.request(), method.response()));
        messages.addAll(method.events());
        messages.forEach(CodecEmitter::checkNames);
        String name = side.codecName(method);
        file.line("/** {@code " + method.fullName() + "}. Generated from " + method.location() + ". */");
        file.open("public final class " + name);
        if (side == Side.CLIENT) {
            constants();
        }
        collectWireTypes(messages);
        wireTypes.declare(file);
        file.open("private " + name + "()");
        file.close();
        MessageCode methods = new MessageCode(file, names, code);
        boolean client = side == Side.CLIENT;
        methods.emit(method.request(), "Request", client);
        methods.emit(method.response(), "Response", !client);
        for (Message event : method.events()) {
            methods.emit(event, event.eventName(), !client);
        }
        file.close();
    }

    private void constants() {
        String requestType = names.runtime("RequestType");
        String facts = MessageTableEmitter.facts(method, types);
        file.line("/** {@code " + facts + "}. */");
        // The table has the facts of what is shipped.
        file.line("public static final " + requestType + " REQUEST = " + requestType + ".of("
                + MessageCode.hex(method.request().messageType())
                + (method.shipped() ? "" : ", \"" + facts + "\"") + ");");
        file.line("public static final int RESPONSE_TYPE = "
                + MessageCode.hex(method.response().messageType()) + ";");
        for (Message event : method.events()) {
            file.line("public static final int " + event.constantName() + " = " + MessageCode.hex(event.messageType())
                    + ";");
        }
        file.line("");
    }

    /** Constants stand above the methods that need them, so they are asked for first. */
    private void collectWireTypes(List<Message> messages) {
        for (Message message : messages) {
            for (Field field : Layout.of(0, message.fields()).variable()) {
                if (!field.type().direct()) {
                    wireTypes.nameOf(field.type());
                }
            }
        }
    }

    private static void checkNames(Message message) {
        for (Field field : message.fields()) {
            if (RESERVED.contains(field.name())) {
                throw new SchemaException(field.location(), "the codecs use \"" + field.name() + "\" themselves");
            }
        }
    }
}
