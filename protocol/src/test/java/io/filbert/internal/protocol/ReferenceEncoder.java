// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import io.filbert.codegen.Schema.Field;
import io.filbert.codegen.Schema.Kind;
import io.filbert.codegen.Schema.Message;
import io.filbert.codegen.SchemaParser;
import io.filbert.codegen.Type;
import io.filbert.internal.protocol.codec.SqlPageType;
import io.filbert.internal.protocol.type.SqlPage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A second, slow encoder that works from the schema at run time and shares no code with the generated ones. It can write
 * what a peer of an older version writes, and what one of a younger version might.
 */
final class ReferenceEncoder {
    private record Frame(int flags, byte[] content) {}

    private static final int BEGIN = 0x1000;
    private static final int END = 0x0800;
    private static final int NULL = 0x0400;

    private final String version;
    private final boolean younger;
    private final List<Frame> frames = new ArrayList<>();

    private ReferenceEncoder(String version, boolean younger) {
        this.version = version;
        this.younger = younger;
    }

    /** The message as a peer of that version writes it. */
    static byte[] encode(String version, Message message, List<? extends @Nullable Object> values) {
        return new ReferenceEncoder(version, false).message(message, values);
    }

    /** The message with unknown bytes and frames wherever a younger peer may put them. */
    static byte[] encodeYounger(Message message, List<? extends @Nullable Object> values) {
        return new ReferenceEncoder("99.0", true).message(message, values);
    }

    /** A value as the only parameter of a response without a type. */
    static byte[] encodeAlone(String version, Type type, Object value) {
        ReferenceEncoder encoder = new ReferenceEncoder(version, false);
        encoder.frames.add(new Frame(0xc000, new byte[13]));
        encoder.value(type, value);
        return encoder.bytes();
    }

    private byte[] message(Message message, List<? extends @Nullable Object> values) {
        boolean response = message.kind() == Kind.RESPONSE;
        byte[] header = bytes(response ? 13 : 16, out -> {
            out.putInt(message.messageType()).putLong(0);
            if (!response) {
                out.putInt(-1);
            }
        });
        int event = message.kind() == Kind.EVENT ? 0x0200 : 0;
        frames.add(new Frame(0xc000 | event, concat(header, fixed(message.fields(), values))));
        variable(message.fields(), values);
        if (younger) {
            unknownFrames();
        }
        return bytes();
    }

    private byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            int flags = frame.flags | (i == frames.size() - 1 ? 0x2000 : 0);
            out.writeBytes(
                    bytes(6, head -> head.putInt(6 + frame.content.length).putShort((short) flags)));
            out.writeBytes(frame.content);
        }
        return out.toByteArray();
    }

    private boolean known(Field field) {
        return SchemaParser.compareVersions(field.since(), version) <= 0;
    }

    private byte[] fixed(List<Field> fields, List<? extends @Nullable Object> values) {
        byte[] bytes = new byte[0];
        for (int i = 0; i < fields.size(); i++) {
            if (known(fields.get(i)) && fields.get(i).type().fixedSize()) {
                bytes = concat(bytes, packed(fields.get(i).type(), values.get(i)));
            }
        }
        return younger ? concat(bytes, new byte[] {1, 2, 3}) : bytes;
    }

    private void variable(List<Field> fields, List<? extends @Nullable Object> values) {
        for (int i = 0; i < fields.size(); i++) {
            if (known(fields.get(i)) && !fields.get(i).type().fixedSize()) {
                value(fields.get(i).type(), values.get(i));
            }
        }
    }

    /** A value, a null and a structure with a structure inside. */
    private void unknownFrames() {
        frames.add(new Frame(0, new byte[] {42}));
        frames.add(new Frame(NULL, new byte[0]));
        frames.add(new Frame(BEGIN, new byte[] {7}));
        frames.add(new Frame(BEGIN, new byte[0]));
        frames.add(new Frame(END, new byte[0]));
        frames.add(new Frame(END, new byte[0]));
    }

    private void value(Type type, @Nullable Object value) {
        if (value == null) {
            frames.add(new Frame(NULL, new byte[0]));
            return;
        }
        switch (type.name()) {
            case "String" -> plain(((String) value).getBytes(StandardCharsets.UTF_8));
            case "Data" -> plain(((Data) value).bytes());
            case "byte[]" -> plain((byte[]) value);
            case "int[]", "long[]", "float[]" -> plain(array(value));
            case "Set" -> plain(uuids((Collection<?>) value));
            case "List" -> list(type.arguments().get(0), (List<?>) value);
            case "Map" -> entries(type, ((Map<?, ?>) value).entrySet());
            case "Entries" -> entries(type, (List<?>) value);
            case "SqlPage" -> sqlPage((SqlPage) value);
            default -> custom(type, (Record) value);
        }
    }

    private void plain(byte[] content) {
        frames.add(new Frame(0, content));
    }

    private void list(Type item, List<?> values) {
        if (item.name().equals("UUID")) {
            plain(uuids(values));
            return;
        }
        frames.add(new Frame(BEGIN, new byte[0]));
        values.forEach(each -> value(item, each));
        frames.add(new Frame(END, new byte[0]));
    }

    private void entries(Type type, Collection<?> entries) {
        Type keyType = type.arguments().get(0);
        Type valueType = type.arguments().get(1);
        if (valueType.fixedSize()) {
            byte[] bytes = new byte[0];
            for (Object each : entries) {
                Map.Entry<?, ?> entry = (Map.Entry<?, ?>) each;
                bytes = concat(bytes, packed(keyType, entry.getKey()), packed(valueType, entry.getValue()));
            }
            plain(bytes);
            return;
        }
        frames.add(new Frame(BEGIN, new byte[0]));
        byte[] keys = new byte[0];
        for (Object each : entries) {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) each;
            if (keyType.fixedSize()) {
                keys = concat(keys, packed(keyType, entry.getKey()));
            } else {
                value(keyType, entry.getKey());
            }
            value(valueType, entry.getValue());
        }
        frames.add(new Frame(END, new byte[0]));
        if (keyType.fixedSize()) {
            plain(keys);
        }
    }

    private void custom(Type type, Record value) {
        List<Field> fields = Objects.requireNonNull(CodecPair.SCHEMA.types().get(type.name()))
                .fields();
        List<@Nullable Object> values = CodecPair.components(value);
        frames.add(new Frame(BEGIN, younger ? new byte[] {9} : new byte[0]));
        if (fields.stream().anyMatch(each -> known(each) && each.type().fixedSize())) {
            plain(fixed(fields, values));
        }
        variable(fields, values);
        if (younger) {
            unknownFrames();
        }
        frames.add(new Frame(END, new byte[0]));
    }

    /** Pages have rules of their own; their codec is compared with the oracle, here it is borrowed. */
    private void sqlPage(SqlPage page) {
        WireType<SqlPage> type = SqlPageType.INSTANCE;
        byte[] bytes = new byte[type.size(page)];
        type.put(bytes, 0, page);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            byte[] content = new byte[in.getInt() - 6];
            int flags = in.getShort() & 0xffff;
            in.get(content);
            frames.add(new Frame(flags, content));
        }
    }

    private static byte[] array(Object value) {
        if (value instanceof int[] ints) {
            return bytes(4 * ints.length, out -> out.asIntBuffer().put(ints));
        }
        if (value instanceof long[] longs) {
            return bytes(8 * longs.length, out -> out.asLongBuffer().put(longs));
        }
        float[] floats = (float[]) value;
        return bytes(4 * floats.length, out -> out.asFloatBuffer().put(floats));
    }

    private static byte[] uuids(Collection<?> values) {
        byte[] bytes = new byte[0];
        for (Object each : values) {
            bytes = concat(bytes, packed(new Type("UUID", List.of(), false), each));
        }
        return bytes;
    }

    private static byte[] packed(Type type, @Nullable Object value) {
        return bytes(type.bytes(), out -> {
            switch (type.name()) {
                case "boolean" -> out.put((byte) (Boolean.TRUE.equals(value) ? 1 : 0));
                case "byte" -> out.put((Byte) Objects.requireNonNull(value));
                case "int" -> out.putInt((Integer) Objects.requireNonNull(value));
                case "long" -> out.putLong((Long) Objects.requireNonNull(value));
                case "float" -> out.putFloat((Float) Objects.requireNonNull(value));
                default -> uuid((UUID) value, out);
            }
        });
    }

    private static void uuid(@Nullable UUID value, ByteBuffer out) {
        if (value == null) {
            out.put((byte) 1);
        } else {
            out.put((byte) 0).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
        }
    }

    private static byte[] bytes(int length, Consumer<ByteBuffer> content) {
        byte[] bytes = new byte[length];
        content.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        return bytes;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
