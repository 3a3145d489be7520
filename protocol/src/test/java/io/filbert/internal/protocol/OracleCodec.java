// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import com.hazelcast.client.impl.protocol.ClientMessage;
import com.hazelcast.client.impl.protocol.ClientMessage.ForwardFrameIterator;
import com.hazelcast.client.impl.protocol.ClientMessage.Frame;
import com.hazelcast.client.impl.protocol.codec.holder.VectorPairHolder;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.sql.impl.client.SqlPage;
import com.hazelcast.vector.VectorValues;
import io.filbert.codegen.Schema.Field;
import io.filbert.codegen.Schema.Kind;
import io.filbert.codegen.Type;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

/** The codec of one message inside a member's jar, called by reflection. */
final class OracleCodec {
    private static final String CODECS = "com.hazelcast.client.impl.protocol.codec.";

    private final CodecPair ours;
    private final Class<?> codec;
    private final Method encoder;
    private final String kind;

    OracleCodec(CodecPair ours) throws ReflectiveOperationException {
        this.ours = ours;
        codec = Class.forName(
                CODECS + ours.method().service() + capitalized(ours.method().name()) + "Codec");
        kind = switch (ours.message().kind()) {
            case REQUEST -> "Request";
            case RESPONSE -> "Response";
            case EVENT -> eventName(ours.message().name());
        };
        encoder = method(codec, "encode" + kind);
    }

    private static String eventName(String name) {
        // two events of the definitions end in "Event" already, and the peer adds it all the same
        boolean twice = name.equals("Membership") || name.equals("GroupAvailability");
        return name + (twice ? "EventEvent" : "Event");
    }

    private static String capitalized(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static Method method(Class<?> type, String name) throws NoSuchMethodException {
        return Arrays.stream(type.getMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(type + "." + name));
    }

    // ---- messages and bytes

    static byte[] bytes(ClientMessage message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Frame frame = message.getStartFrame(); frame != null; frame = frame.next) {
            byte[] header = new byte[6];
            Wire.putInt(header, 0, 6 + frame.content.length);
            // the peer sets the final flag while it writes to the socket
            Wire.putShort(header, 4, (short) (frame.next == null ? frame.flags | MessageHeader.FINAL : frame.flags));
            out.writeBytes(header);
            out.writeBytes(frame.content);
        }
        return out.toByteArray();
    }

    private static ClientMessage message(byte[] bytes) {
        ClientMessage message = ClientMessage.createForEncode();
        int at = 0;
        while (at < bytes.length) {
            int end = at + MessageHeader.frameLength(bytes, at);
            message.add(new Frame(Arrays.copyOfRange(bytes, at + 6, end), MessageHeader.flags(bytes, at)));
            at = end;
        }
        return message;
    }

    /** Lets the peer decode an error response and encode what it got. */
    static byte[] errorsThroughThePeer(byte[] bytes) throws ReflectiveOperationException {
        Class<?> errors = Class.forName(CODECS + "builtin.ErrorsCodec");
        Object decoded = invoke(method(errors, "decode"), null, message(bytes));
        return bytes((ClientMessage) Objects.requireNonNull(invoke(method(errors, "encode"), null, decoded)));
    }

    // ---- encoding

    /** Lets the peer encode our values. */
    ClientMessage encode(List<? extends @Nullable Object> values) throws ReflectiveOperationException {
        List<Field> fields = ours.message().fields();
        List<@Nullable Object> converted = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            converted.add(toPeer(fields.get(i).type(), values.get(i), encoder.getParameterTypes()[i]));
        }
        return encodePeerValues(converted);
    }

    /** Lets the peer encode its own values. */
    ClientMessage encodePeerValues(List<? extends @Nullable Object> values) throws ReflectiveOperationException {
        @Nullable Object[] arguments = values.toArray();
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = encodable(arguments[i], encoder.getParameterTypes()[i]);
        }
        return (ClientMessage) Objects.requireNonNull(invoke(encoder, null, arguments));
    }

    /** Vectors come out of the peer's decoders in a form its encoders do not take. */
    private static @Nullable Object encodable(@Nullable Object value, Class<?> wanted) {
        if (wanted == VectorValues.class && value instanceof List<?> pairs) {
            Map<String, float[]> vectors = new LinkedHashMap<>();
            for (Object each : pairs) {
                VectorPairHolder pair = (VectorPairHolder) each;
                vectors.put(pair.getName(), pair.getVector());
            }
            return VectorValues.of(vectors);
        }
        return value;
    }

    private static @Nullable Object toPeer(Type type, @Nullable Object value, Class<?> wanted)
            throws ReflectiveOperationException {
        if (value == null) {
            return null;
        }
        return switch (type.name()) {
            case "boolean", "byte", "int", "long", "float", "UUID", "String", "byte[]", "float[]", "Set" -> value;
            case "Data" -> new HeapData(((Data) value).bytes());
            case "int[]" -> Arrays.stream((int[]) value).boxed().toList();
            case "long[]" ->
                wanted == long[].class
                        ? value
                        : Arrays.stream((long[]) value).boxed().toList();
            case "List" -> {
                List<@Nullable Object> items = new ArrayList<>();
                for (Object each : (List<?>) value) {
                    items.add(toPeer(type.arguments().get(0), each, Object.class));
                }
                yield items;
            }
            case "Map" -> {
                Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
                for (Map.Entry<?, ?> each : ((Map<?, ?>) value).entrySet()) {
                    Map.Entry<@Nullable Object, @Nullable Object> entry = toPeerEntry(type, each);
                    map.put(entry.getKey(), entry.getValue());
                }
                yield map;
            }
            case "Entries" -> {
                List<Map.Entry<@Nullable Object, @Nullable Object>> entries = new ArrayList<>();
                for (Object each : (List<?>) value) {
                    entries.add(toPeerEntry(type, (Map.Entry<?, ?>) each));
                }
                yield entries;
            }
            case "SqlPage" -> OracleSqlPages.toPeer((io.filbert.internal.protocol.type.SqlPage) value);
            default -> toPeerType(type, value);
        };
    }

    private static Map.Entry<@Nullable Object, @Nullable Object> toPeerEntry(Type type, Map.Entry<?, ?> entry)
            throws ReflectiveOperationException {
        return new SimpleImmutableEntry<>(
                toPeer(type.arguments().get(0), entry.getKey(), Object.class),
                toPeer(type.arguments().get(1), entry.getValue(), Object.class));
    }

    /** The peer's object for a custom type is what the peer decodes from our frames. */
    private static @Nullable Object toPeerType(Type type, Object value) throws ReflectiveOperationException {
        byte[] bytes = ReferenceEncoder.encodeAlone("2.10", type, value);
        ForwardFrameIterator frames = message(bytes).frameIterator();
        frames.next();
        return invoke(method(typeCodec(type.name()), "decode"), null, frames);
    }

    private static Class<?> typeCodec(String name) throws ClassNotFoundException {
        try {
            return Class.forName(CODECS + "custom." + name + "Codec");
        } catch (ClassNotFoundException e) {
            return Class.forName(CODECS + "builtin." + name + "Codec");
        }
    }

    // ---- decoding

    /** Lets the peer decode our bytes; answers its values in declared order. */
    List<@Nullable Object> decode(byte[] bytes) throws ReflectiveOperationException {
        List<Field> fields = ours.message().fields();
        ClientMessage message = message(bytes);
        if (ours.message().kind() == Kind.EVENT) {
            return decodeEvent(message);
        }
        List<@Nullable Object> values = new ArrayList<>();
        if (fields.isEmpty()) {
            return values;
        }
        Object result = invoke(method(codec, "decode" + kind), null, message);
        if (result == null || !result.getClass().getName().endsWith(kind + "Parameters")) {
            values.add(result);
            return values;
        }
        for (Field field : fields) {
            Object value = result.getClass().getField(field.name()).get(result);
            values.add(value instanceof SqlPage page ? OracleSqlPages.encodable(page) : value);
        }
        return values;
    }

    /** Event handlers are abstract classes of the peer; one that remembers its arguments is made on the fly. */
    private List<@Nullable Object> decodeEvent(ClientMessage message) throws ReflectiveOperationException {
        Class<?> handlerType = Class.forName(codec.getName() + "$AbstractEventHandler");
        List<@Nullable Object> values = new ArrayList<>();
        Class<?> subclass = new ByteBuddy()
                .subclass(handlerType)
                .method(ElementMatchers.isAbstract())
                .intercept(InvocationHandlerAdapter.of((proxy, called, arguments) -> {
                    if (called.getName().equals("handle" + kind)) {
                        values.addAll(withoutPresence(called, arguments));
                    }
                    return null;
                }))
                .make()
                .load(handlerType.getClassLoader())
                .getLoaded();
        Object handler = subclass.getConstructor().newInstance();
        Method handle = Arrays.stream(handlerType.getMethods())
                .filter(each -> each.getName().equals("handle") && !Modifier.isAbstract(each.getModifiers()))
                .findFirst()
                .orElseThrow();
        invoke(handle, handler, message);
        return values;
    }

    /** Parameters younger than their event come as two: whether it is there, then the value. */
    private List<@Nullable Object> withoutPresence(Method called, @Nullable Object[] arguments) {
        List<@Nullable Object> values = new ArrayList<>();
        int next = 0;
        for (Field field : ours.message().fields()) {
            next += field.added() ? 1 : 0;
            values.add(arguments[next++]);
        }
        if (next != arguments.length) {
            throw new IllegalStateException(called + " has other parameters than " + ours);
        }
        return values;
    }

    private static @Nullable Object invoke(Method method, @Nullable Object target, @Nullable Object... arguments)
            throws ReflectiveOperationException {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(method + " failed: " + e.getCause(), e.getCause());
        }
    }
}
