// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import io.filbert.config.ClientConfig;
import io.filbert.config.PartitioningStrategy;
import io.filbert.config.SerializationConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
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
    private volatile Forms forms;

    /** Null for the default, which the forms apply while they write. */
    private final @Nullable PartitioningStrategy strategy;

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

    /** For a process that talks to members of the newest release. */
    public SerializationService(SerializationConfig config, Schemas schemas, SchemaStore store) {
        this(config, schemas, store, ClusterRelease.NEWEST);
    }

    /**
     * For a client.
     *
     * @param schemas those known, added to by this service and by whoever fetches missing ones
     * @param store shares new schemas with others
     * @param release which releases the members have
     */
    public SerializationService(
            SerializationConfig config, Schemas schemas, SchemaStore store, ClusterRelease release) {
        this.bigEndian = config.bigEndian();
        this.forms = new Forms(config, schemas, store, release);
        this.strategy = config.partitioningStrategy() == PartitioningStrategy.partitionAware()
                ? null
                : config.partitioningStrategy();
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
        if (strategy != null) {
            return forms.placed(strategy, object, toDataOfName(object));
        }
        Data data = ofCommonClass(object);
        return data != null ? data : forms.toData(object);
    }

    /** The serialized form of an object that determines its partition itself, whatever the strategy: such as a part of a name. */
    public Data toDataOfName(Object object) {
        Data data = ofCommonClass(object);
        return data != null ? data : forms.toUnplacedData(object);
    }

    /** Most keys and values are of these classes: they are written without a cursor and without a look at the table. */
    private @Nullable Data ofCommonClass(Object object) {
        if (object instanceof String text) {
            return DataWriter.textToData(TypeId.STRING, text, bigEndian);
        }
        if (object.getClass() == byte[].class) {
            return DataWriter.bytesToData(TypeId.BYTE_ARRAY, (byte[]) object, bigEndian);
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
            byte[] bytes = DataWriter.newBuffer(TypeId.UUID, 2 * Long.BYTES);
            Bytes.putLong(bytes, DataWriter.HEADER_SIZE, uuid.getMostSignificantBits(), bigEndian);
            Bytes.putLong(bytes, DataWriter.HEADER_SIZE + Long.BYTES, uuid.getLeastSignificantBits(), bigEndian);
            return Data.of(bytes);
        }
        return null;
    }

    /**
     * The serialized form of an object that members read and this client does not, such as a predicate or credentials: its class need not
     * be allowed to be read.
     *
     * @throws SerializationException as {@link #toData}
     */
    public Data toDataForMembers(Object object) {
        return forms.toDataForMembers(object);
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
     * The frequent types are read without a cursor: whether the compiler would do without one depends on which types it saw
     * first, and that is nobody's choice.
     */
    private @Nullable Object read(byte[] buffer, int start, int limit) {
        int typeId = Bytes.getInt(buffer, start + 4, true);
        return switch (typeId) {
            case TypeId.NULL -> null;
            case TypeId.STRING -> readString(buffer, start, limit);
            case TypeId.BYTE_ARRAY -> readByteArray(buffer, start, limit);
            case TypeId.INTEGER -> Bytes.getInt(buffer, payload(start, limit, typeId, Integer.BYTES), bigEndian);
            case TypeId.LONG -> Bytes.getLong(buffer, payload(start, limit, typeId, Long.BYTES), bigEndian);
            case TypeId.BOOLEAN -> buffer[payload(start, limit, typeId, 1)] != 0;
            case TypeId.DOUBLE ->
                Double.longBitsToDouble(Bytes.getLong(buffer, payload(start, limit, typeId, Long.BYTES), bigEndian));
            case TypeId.UUID -> {
                int from = payload(start, limit, typeId, 2 * Long.BYTES);
                yield new UUID(
                        Bytes.getLong(buffer, from, bigEndian), Bytes.getLong(buffer, from + Long.BYTES, bigEndian));
            }
            default -> forms.readWhole(typeId, new DataReader(buffer, start, limit, typeId, bigEndian, forms));
        };
    }

    private @Nullable String readString(byte[] buffer, int start, int limit) {
        int length = length(buffer, start, limit, TypeId.STRING);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        int offset = DataWriter.HEADER_SIZE + Integer.BYTES;
        return Utf8.decode(buffer, start + offset, length, TypeId.STRING, offset);
    }

    private byte @Nullable [] readByteArray(byte[] buffer, int start, int limit) {
        int length = length(buffer, start, limit, TypeId.BYTE_ARRAY);
        if (length == DataWriter.NULL_LENGTH) {
            return null;
        }
        byte[] values = new byte[length];
        System.arraycopy(buffer, start + DataWriter.HEADER_SIZE + Integer.BYTES, values, 0, length);
        return values;
    }

    /** The number of bytes that follow it, compared with those that are there; -1 stands for null. */
    private int length(byte[] buffer, int start, int limit, int typeId) {
        int from = payload(start, limit, typeId, Integer.BYTES);
        int length = Bytes.getInt(buffer, from, bigEndian);
        if (length < DataWriter.NULL_LENGTH) {
            throw SerializationErrors.badLength(typeId, from - start, length);
        }
        int remaining = limit - from - Integer.BYTES;
        if (length > remaining) {
            throw SerializationErrors.truncated(typeId, from - start, length, remaining);
        }
        return length;
    }

    /** Where the payload starts, of which so many bytes must be there. */
    private static int payload(int start, int limit, int typeId, int size) {
        int from = start + DataWriter.HEADER_SIZE;
        if (size > limit - from) {
            throw SerializationErrors.truncated(typeId, DataWriter.HEADER_SIZE, size, limit - from);
        }
        return from;
    }

    /** The client has ended: tells the user's serializers. */
    public void destroy() {
        Forms last = forms;
        forms = Forms.ofClosedClient(bigEndian); // whoever keeps the client keeps none of the classes of the program
        last.destroy();
    }
}
