// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import io.filbert.codegen.Generator;
import io.filbert.codegen.Schema;
import io.filbert.codegen.Schema.Kind;
import io.filbert.codegen.Schema.Message;
import io.filbert.codegen.Schema.Method;
import io.filbert.codegen.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The generated encoder and decoder of one message, called with and answering lists of parameters. */
final class CodecPair {
    static final Schema SCHEMA = loadSchema();
    /** All messages by type, in the order of the schema. */
    static final Map<Integer, CodecPair> ALL = loadAll();

    private final Method method;
    private final Message message;
    private final MethodHandle encoder;
    private final MethodHandle decoder;
    private final MethodHandle rawDecoder;

    private CodecPair(Method method, Message message) {
        this.method = method;
        this.message = message;
        String name = switch (message.kind()) {
            case REQUEST -> "Request";
            case RESPONSE -> "Response";
            case EVENT -> message.eventName();
        };
        boolean request = message.kind() == Kind.REQUEST;
        encoder = handle(request ? Side.CLIENT : Side.MEMBER, "encode" + name);
        decoder = handle(request ? Side.MEMBER : Side.CLIENT, "decode" + name);
        rawDecoder = decoder.asType(MethodType.methodType(void.class, MessageReader.class));
    }

    private static Schema loadSchema() {
        try {
            return Generator.parse(Path.of(System.getProperty("basedir", "."), "src/main/schema"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Integer, CodecPair> loadAll() {
        Map<Integer, CodecPair> all = new LinkedHashMap<>();
        for (Method method : SCHEMA.methods()) {
            List<Message> messages = new ArrayList<>(List.of(method.request(), method.response()));
            messages.addAll(method.events());
            messages.forEach(each -> all.put(each.messageType(), new CodecPair(method, each)));
        }
        return Collections.unmodifiableMap(all);
    }

    /** What the client's codec says about the request. */
    RequestType requestType() {
        try {
            Class<?> codec = Class.forName(Side.CLIENT.packageName() + "." + Side.CLIENT.codecName(method));
            return (RequestType)
                    Objects.requireNonNull(codec.getField("REQUEST").get(null));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.toString(), e);
        }
    }

    /** The method of that name without decoder parameters. */
    private MethodHandle handle(Side side, String name) {
        try {
            Class<?> codec = Class.forName(side.packageName() + "." + side.codecName(method));
            java.lang.reflect.Method found = Arrays.stream(codec.getMethods())
                    .filter(each -> each.getName().equals(name))
                    .filter(each -> Arrays.stream(each.getParameterTypes()).noneMatch(DataDecoder.class::equals))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(codec + " has no " + name));
            return MethodHandles.lookup().unreflect(found);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.toString(), e);
        }
    }

    /** The wire form of a custom type. */
    static WireType<?> wireType(Schema.CustomType type) {
        try {
            Class<?> found = Class.forName(Side.CLIENT.packageName() + "." + type.name() + "Type");
            return (WireType<?>)
                    Objects.requireNonNull(found.getField("INSTANCE").get(null));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.toString(), e);
        }
    }

    Method method() {
        return method;
    }

    Message message() {
        return message;
    }

    byte[] encode(List<? extends @Nullable Object> values) {
        return (byte[]) Objects.requireNonNull(call(encoder, values.toArray()));
    }

    /** Parameters in declared order. */
    List<@Nullable Object> decode(byte[] bytes) {
        return decode(new MessageReader().reset(bytes, 0, bytes.length));
    }

    List<@Nullable Object> decode(MessageReader in) {
        Object result = call(decoder, in);
        if (message.fields().isEmpty()) {
            return List.of();
        }
        return message.fields().size() == 1 && message.kind() == Kind.RESPONSE
                ? Collections.singletonList(result)
                : components((Record) Objects.requireNonNull(result));
    }

    /** Only the decoder, for tests that do not look at the result. */
    void decodeRaw(MessageReader in) {
        try {
            rawDecoder.invokeExact(in);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    static List<@Nullable Object> components(Record value) {
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                values.add(component.getAccessor().invoke(value));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.toString(), e);
            }
        }
        return values;
    }

    private static @Nullable Object call(MethodHandle handle, @Nullable Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return method.fullName() + " "
                + (message.kind() == Kind.EVENT
                        ? message.eventName()
                        : message.kind().name().toLowerCase(Locale.ROOT));
    }
}
