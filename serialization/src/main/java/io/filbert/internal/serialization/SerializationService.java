// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import io.filbert.config.ClientConfig;
import io.filbert.config.SerializationConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.builtin.BuiltInTypes;
import io.filbert.internal.serialization.schema.SchemaStore;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.internal.serialization.stream.Bytes;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.SerializationErrors;
import io.filbert.internal.serialization.stream.TypeId;
import io.filbert.internal.serialization.stream.Utf8;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns objects into their serialized form and back. Thread-safe. Which form an object gets is decided by its class, in the order:
 * compact serializer, identified, portable, built-in, custom serializer, global serializer, Java serialization, compact field by field.
 * Two keys are the same key when their bytes are equal, so the integer 1 and the long 1 are two.
 */
public final class SerializationService {
    private final boolean bigEndian;
    private final Forms forms;

    /** As a client is without configuration, its schemas kept to itself. */
    public SerializationService() {
        this(ByteOrder.BIG_ENDIAN);
    }

    /** The order must be the one the members are configured with; headers are big-endian in either. */
    public SerializationService(ByteOrder order) {
        this(ClientConfig.builder()
                .isBigEndian(order == ByteOrder.BIG_ENDIAN)
                .build()
                .serialization());
    }

    /** For one process: its schemas are shared with nobody. */
    public SerializationService(SerializationConfig config) {
        this(config, new Schemas(), schema -> {});
    }

    /**
     * For a client.
     *
     * @param schemas those known, added to by this service and by whoever fetches missing ones
     * @param store shares new schemas with others
     */
    public SerializationService(SerializationConfig config, Schemas schemas, SchemaStore store) {
        this.bigEndian = config.bigEndian();
        this.forms = new Forms(config, schemas, store);
    }

    /**
     * The serialized form of an object; none for null.
     *
     * @throws SerializationException if there is no form for the object's class, or for the class of an object in it, or
     *     if it would be too large or too deep
     */
    public @Nullable Data toData(@Nullable Object object) {
        if (object == null) {
            return null;
        }
        // Most keys and values are of these classes: they are written without a cursor and without a look at the table.
        if (object instanceof String text) {
            return stringToData(text);
        }
        if (object.getClass() == byte[].class) {
            return byteArrayToData((byte[]) object);
        }
        if (object instanceof Integer number) {
            byte[] bytes = DataWriter.newBuffer(TypeId.INTEGER, Integer.BYTES);
            Bytes.putInt(bytes, DataWriter.HEADER_SIZE, number, bigEndian);
            return Data.of(bytes);
        }
        if (object instanceof Long number) {
            byte[] bytes = DataWriter.newBuffer(TypeId.LONG, Long.BYTES);
            Bytes.putLong(bytes, DataWriter.HEADER_SIZE, number, bigEndian);
            return Data.of(bytes);
        }
        if (object instanceof UUID uuid) {
            DataWriter out = new DataWriter(TypeId.UUID, 2 * Long.BYTES, bigEndian, forms);
            BuiltInTypes.writeUuid(out, uuid);
            return out.toData();
        }
        return forms.toData(object);
    }

    private Data stringToData(String text) {
        int asciiPrefix = Utf8.asciiPrefix(text);
        long size = Utf8.size(text, asciiPrefix);
        byte[] bytes = DataWriter.newBuffer(TypeId.STRING, Integer.BYTES + size);
        Bytes.putInt(bytes, DataWriter.HEADER_SIZE, (int) size, bigEndian);
        Utf8.encode(text, asciiPrefix, bytes, DataWriter.HEADER_SIZE + Integer.BYTES);
        return Data.of(bytes);
    }

    private Data byteArrayToData(byte[] values) {
        byte[] bytes = DataWriter.newBuffer(TypeId.BYTE_ARRAY, Integer.BYTES + (long) values.length);
        Bytes.putInt(bytes, DataWriter.HEADER_SIZE, values.length, bigEndian);
        System.arraycopy(values, 0, bytes, DataWriter.HEADER_SIZE + Integer.BYTES, values.length);
        return Data.of(bytes);
    }

    /**
     * The object of a serialized form, of which it keeps nothing.
     *
     * @throws SerializationException if the bytes are damaged or hold a type that cannot be read
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // what was stored under a name is the caller's to know
    public <T> @Nullable T toObject(@Nullable Data data) {
        if (data == null) {
            return null;
        }
        byte[] bytes = data.bytes();
        return toObject(bytes, 0, bytes.length);
    }

    /**
     * The object whose serialized form lies in this range of a buffer. The buffer may be reused afterwards. Bytes behind
     * the object are ignored, as on the members.
     *
     * @throws SerializationException if the bytes are damaged or hold a type that cannot be read
     * @throws IndexOutOfBoundsException if the range is not inside the buffer
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as above
    public <T> @Nullable T toObject(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length < DataWriter.HEADER_SIZE) {
            if (length == 0) {
                return null;
            }
            throw SerializationErrors.noHeader(length);
        }
        return (T) read(buffer, offset, offset + length);
    }

    /**
     * The frequent types get a cursor each, which the compiler then proves to be local and never creates; the one handed
     * to the table is a real object.
     */
    private @Nullable Object read(byte[] buffer, int start, int limit) {
        int typeId = Bytes.getInt(buffer, start + 4, true);
        return switch (typeId) {
            case TypeId.NULL -> null;
            case TypeId.STRING -> new DataReader(buffer, start, limit, typeId, bigEndian, forms).readString();
            case TypeId.BYTE_ARRAY -> new DataReader(buffer, start, limit, typeId, bigEndian, forms).readByteArray();
            case TypeId.INTEGER -> new DataReader(buffer, start, limit, typeId, bigEndian, forms).readInt();
            case TypeId.LONG -> new DataReader(buffer, start, limit, typeId, bigEndian, forms).readLong();
            case TypeId.BOOLEAN -> new DataReader(buffer, start, limit, typeId, bigEndian, forms).readBoolean();
            case TypeId.DOUBLE -> new DataReader(buffer, start, limit, typeId, bigEndian, forms).readDouble();
            case TypeId.UUID -> BuiltInTypes.readUuid(new DataReader(buffer, start, limit, typeId, bigEndian, forms));
            default -> forms.read(typeId, new DataReader(buffer, start, limit, typeId, bigEndian, forms));
        };
    }

    /** The client has ended: tells the user's serializers. */
    public void destroy() {
        forms.destroy();
    }
}
