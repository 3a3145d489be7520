// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.builtin;

import static java.util.Map.entry;

import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.DecodeElsewhere;
import io.filbert.internal.serialization.stream.LinkedTables;
import io.filbert.internal.serialization.stream.SerializationErrors;
import io.filbert.internal.serialization.stream.TimeForms;
import io.filbert.internal.serialization.stream.TypeId;
import io.filbert.internal.serialization.stream.Utf8;
import io.filbert.serialization.HazelcastJsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/**
 * The table of types with a form of their own: class to type id, and for each id how large it is, how it is written and
 * how it is read. Plain switches instead of an object per type: one jump per call, and nothing to load at start. Types
 * that hold other objects only have their id here; the rest about them is in {@link NestedTypes}.
 */
public final class BuiltInTypes {
    private static final Map<Class<?>, Integer> IDS = Map.ofEntries(
            entry(Boolean.class, TypeId.BOOLEAN),
            entry(Byte.class, TypeId.BYTE),
            entry(Character.class, TypeId.CHARACTER),
            entry(Short.class, TypeId.SHORT),
            entry(Integer.class, TypeId.INTEGER),
            entry(Long.class, TypeId.LONG),
            entry(Float.class, TypeId.FLOAT),
            entry(Double.class, TypeId.DOUBLE),
            entry(String.class, TypeId.STRING),
            entry(byte[].class, TypeId.BYTE_ARRAY),
            entry(boolean[].class, TypeId.BOOLEAN_ARRAY),
            entry(char[].class, TypeId.CHAR_ARRAY),
            entry(short[].class, TypeId.SHORT_ARRAY),
            entry(int[].class, TypeId.INT_ARRAY),
            entry(long[].class, TypeId.LONG_ARRAY),
            entry(float[].class, TypeId.FLOAT_ARRAY),
            entry(double[].class, TypeId.DOUBLE_ARRAY),
            entry(String[].class, TypeId.STRING_ARRAY),
            entry(UUID.class, TypeId.UUID),
            entry(AbstractMap.SimpleEntry.class, TypeId.SIMPLE_ENTRY),
            entry(AbstractMap.SimpleImmutableEntry.class, TypeId.SIMPLE_IMMUTABLE_ENTRY),
            entry(Class.class, TypeId.CLASS),
            entry(Date.class, TypeId.DATE),
            entry(BigInteger.class, TypeId.BIG_INTEGER),
            entry(BigDecimal.class, TypeId.BIG_DECIMAL),
            entry(Object[].class, TypeId.OBJECT_ARRAY),
            entry(ArrayList.class, TypeId.ARRAY_LIST),
            entry(LinkedList.class, TypeId.LINKED_LIST),
            entry(CopyOnWriteArrayList.class, TypeId.COPY_ON_WRITE_ARRAY_LIST),
            entry(HashMap.class, TypeId.HASH_MAP),
            entry(ConcurrentSkipListMap.class, TypeId.CONCURRENT_SKIP_LIST_MAP),
            entry(ConcurrentHashMap.class, TypeId.CONCURRENT_HASH_MAP),
            entry(LinkedHashMap.class, TypeId.LINKED_HASH_MAP),
            entry(TreeMap.class, TypeId.TREE_MAP),
            entry(HashSet.class, TypeId.HASH_SET),
            entry(TreeSet.class, TypeId.TREE_SET),
            entry(LinkedHashSet.class, TypeId.LINKED_HASH_SET),
            entry(CopyOnWriteArraySet.class, TypeId.COPY_ON_WRITE_ARRAY_SET),
            entry(ConcurrentSkipListSet.class, TypeId.CONCURRENT_SKIP_LIST_SET),
            entry(ArrayDeque.class, TypeId.ARRAY_DEQUE),
            entry(LinkedBlockingQueue.class, TypeId.LINKED_BLOCKING_QUEUE),
            entry(ArrayBlockingQueue.class, TypeId.ARRAY_BLOCKING_QUEUE),
            entry(PriorityBlockingQueue.class, TypeId.PRIORITY_BLOCKING_QUEUE),
            entry(DelayQueue.class, TypeId.DELAY_QUEUE),
            entry(SynchronousQueue.class, TypeId.SYNCHRONOUS_QUEUE),
            entry(LinkedTransferQueue.class, TypeId.LINKED_TRANSFER_QUEUE),
            entry(PriorityQueue.class, TypeId.PRIORITY_QUEUE),
            entry(Optional.class, TypeId.OPTIONAL),
            entry(LocalDate.class, TypeId.LOCAL_DATE),
            entry(LocalTime.class, TypeId.LOCAL_TIME),
            entry(LocalDateTime.class, TypeId.LOCAL_DATE_TIME),
            entry(OffsetDateTime.class, TypeId.OFFSET_DATE_TIME),
            entry(HazelcastJsonValue.class, TypeId.JSON));

    private BuiltInTypes() {}

    /** The type id of an exact class, 0 if it has none: a subclass has none, because reading would not give it back. */
    public static int idOf(Class<?> type) {
        Integer id = IDS.get(type);
        return id != null ? id : idOfLinked(type);
    }

    /** The types that only reading makes, and that are written as what they were. */
    private static int idOfLinked(Class<?> type) {
        if (type == LinkedTables.LinkedSet.class) {
            return TypeId.HASH_SET;
        }
        return type == LinkedTables.LinkedMap.class ? TypeId.HASH_MAP : TypeId.NULL;
    }

    /** All classes with a form of their own. */
    public static Set<Class<?>> classes() {
        return IDS.keySet();
    }

    /** How many bytes {@link #write} will write; -1 if only writing tells. */
    public static long size(int typeId, Object object) {
        return switch (typeId) {
            case TypeId.BOOLEAN, TypeId.BYTE -> 1;
            case TypeId.CHARACTER, TypeId.SHORT -> Short.BYTES;
            case TypeId.INTEGER, TypeId.FLOAT -> Integer.BYTES;
            case TypeId.LONG, TypeId.DOUBLE -> Long.BYTES;
            case TypeId.STRING -> stringSize((String) object);
            case TypeId.BYTE_ARRAY -> arraySize(((byte[]) object).length, 1);
            case TypeId.BOOLEAN_ARRAY -> arraySize(((boolean[]) object).length, 1);
            case TypeId.CHAR_ARRAY -> arraySize(((char[]) object).length, Character.BYTES);
            case TypeId.SHORT_ARRAY -> arraySize(((short[]) object).length, Short.BYTES);
            case TypeId.INT_ARRAY -> arraySize(((int[]) object).length, Integer.BYTES);
            case TypeId.LONG_ARRAY -> arraySize(((long[]) object).length, Long.BYTES);
            case TypeId.FLOAT_ARRAY -> arraySize(((float[]) object).length, Float.BYTES);
            case TypeId.DOUBLE_ARRAY -> arraySize(((double[]) object).length, Double.BYTES);
            case TypeId.STRING_ARRAY, TypeId.JSON -> -1; // to look at all texts only to count their bytes takes longer
            case TypeId.UUID -> 2 * Long.BYTES;
            case TypeId.BIG_INTEGER -> bigIntegerSize((BigInteger) object);
            case TypeId.BIG_DECIMAL -> bigIntegerSize(((BigDecimal) object).unscaledValue()) + Integer.BYTES;
            case TypeId.LOCAL_DATE -> TimeForms.DATE_SIZE;
            case TypeId.LOCAL_TIME -> TimeForms.TIME_SIZE;
            case TypeId.LOCAL_DATE_TIME -> TimeForms.DATE_TIME_SIZE;
            case TypeId.OFFSET_DATE_TIME -> TimeForms.OFFSET_DATE_TIME_SIZE;
            case TypeId.DATE -> Long.BYTES;
            case TypeId.CLASS -> stringSize(((Class<?>) object).getName());
            default -> throw new AssertionError(typeId);
        };
    }

    public static void write(int typeId, DataWriter out, Object object) {
        switch (typeId) {
            case TypeId.BOOLEAN -> out.writeBoolean((Boolean) object);
            case TypeId.BYTE -> out.writeByte((Byte) object);
            case TypeId.CHARACTER -> out.writeChar((Character) object);
            case TypeId.SHORT -> out.writeShort((Short) object);
            case TypeId.INTEGER -> out.writeInt((Integer) object);
            case TypeId.LONG -> out.writeLong((Long) object);
            case TypeId.FLOAT -> out.writeFloat((Float) object);
            case TypeId.DOUBLE -> out.writeDouble((Double) object);
            case TypeId.STRING -> out.writeString((String) object);
            case TypeId.BYTE_ARRAY -> out.writeByteArray((byte[]) object);
            case TypeId.BOOLEAN_ARRAY -> out.writeBooleanArray((boolean[]) object);
            case TypeId.CHAR_ARRAY -> out.writeCharArray((char[]) object);
            case TypeId.SHORT_ARRAY -> out.writeShortArray((short[]) object);
            case TypeId.INT_ARRAY -> out.writeIntArray((int[]) object);
            case TypeId.LONG_ARRAY -> out.writeLongArray((long[]) object);
            case TypeId.FLOAT_ARRAY -> out.writeFloatArray((float[]) object);
            case TypeId.DOUBLE_ARRAY -> out.writeDoubleArray((double[]) object);
            case TypeId.STRING_ARRAY -> out.writeStringArray((@Nullable String[]) object);
            case TypeId.UUID -> writeUuid(out, (UUID) object);
            case TypeId.BIG_INTEGER -> out.writeBigInteger((BigInteger) object);
            case TypeId.BIG_DECIMAL -> writeBigDecimal(out, (BigDecimal) object);
            case TypeId.LOCAL_DATE -> TimeForms.writeDate(out, (LocalDate) object);
            case TypeId.LOCAL_TIME -> TimeForms.writeTime(out, (LocalTime) object);
            case TypeId.LOCAL_DATE_TIME -> TimeForms.writeDateTime(out, (LocalDateTime) object);
            case TypeId.OFFSET_DATE_TIME -> TimeForms.writeOffsetDateTime(out, (OffsetDateTime) object);
            case TypeId.DATE -> writeDate(out, (Date) object);
            case TypeId.CLASS -> out.writeString(((Class<?>) object).getName());
            case TypeId.JSON -> out.writeString(object.toString());
            default -> throw new AssertionError(typeId);
        }
    }

    public static @Nullable Object read(int typeId, DataReader in) {
        return switch (typeId) {
            case TypeId.NULL -> null;
            case TypeId.BOOLEAN -> in.readBoolean();
            case TypeId.BYTE -> in.readByte();
            case TypeId.CHARACTER -> in.readChar();
            case TypeId.SHORT -> in.readShort();
            case TypeId.INTEGER -> in.readInt();
            case TypeId.LONG -> in.readLong();
            case TypeId.FLOAT -> in.readFloat();
            case TypeId.DOUBLE -> in.readDouble();
            case TypeId.STRING -> in.readString();
            case TypeId.BYTE_ARRAY -> in.readByteArray();
            case TypeId.BOOLEAN_ARRAY -> in.readBooleanArray();
            case TypeId.CHAR_ARRAY -> in.readCharArray();
            case TypeId.SHORT_ARRAY -> in.readShortArray();
            case TypeId.INT_ARRAY -> in.readIntArray();
            case TypeId.LONG_ARRAY -> in.readLongArray();
            case TypeId.FLOAT_ARRAY -> in.readFloatArray();
            case TypeId.DOUBLE_ARRAY -> in.readDoubleArray();
            case TypeId.STRING_ARRAY -> in.readStringArray();
            case TypeId.UUID -> readUuid(in);
            case TypeId.BIG_INTEGER -> in.readBigInteger();
            case TypeId.BIG_DECIMAL -> in.readBigDecimal();
            case TypeId.LOCAL_DATE -> TimeForms.readDate(in);
            case TypeId.LOCAL_TIME -> TimeForms.readTime(in);
            case TypeId.LOCAL_DATE_TIME -> TimeForms.readDateTime(in);
            case TypeId.OFFSET_DATE_TIME -> TimeForms.readOffsetDateTime(in);
            case TypeId.DATE -> readDate(in);
            case TypeId.CLASS -> readClass(in);
            case TypeId.JSON -> readJson(in);
            default -> throw in.unreadable();
        };
    }

    private static long stringSize(@Nullable String text) {
        return text == null ? Integer.BYTES : Integer.BYTES + Utf8.size(text, Utf8.asciiPrefix(text));
    }

    private static long arraySize(int length, int elementSize) {
        return Integer.BYTES + (long) length * elementSize;
    }

    private static long bigIntegerSize(BigInteger value) {
        return Integer.BYTES + 1L + value.bitLength() / Byte.SIZE;
    }

    public static void writeUuid(DataWriter out, UUID value) {
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }

    public static UUID readUuid(DataReader in) {
        long mostSignificant = in.readLong();
        return new UUID(mostSignificant, in.readLong());
    }

    private static void writeBigDecimal(DataWriter out, BigDecimal value) {
        out.writeBigInteger(value.unscaledValue());
        out.writeInt(value.scale());
    }

    @SuppressWarnings("JavaUtilDate") // old, but what was stored
    private static void writeDate(DataWriter out, Date date) {
        out.writeLong(date.getTime());
    }

    @SuppressWarnings("JavaUtilDate") // as above
    private static Date readDate(DataReader in) {
        return new Date(in.readLong());
    }

    /** Class loaders are code of the user too, and some of them wait. */
    private static Class<?> readClass(DataReader in) {
        DecodeElsewhere.unlessUserCodeMayRun();
        int offset = in.position();
        String name = in.readString();
        if (name == null) {
            throw in.malformed(offset, "a class has no name", null);
        }
        try {
            return in.classes().find(name);
        } catch (ClassNotFoundException e) {
            throw SerializationErrors.noSuchClass(TypeId.CLASS, offset, name, e);
        }
    }

    private static HazelcastJsonValue readJson(DataReader in) {
        int offset = in.position();
        String text = in.readString();
        if (text == null) {
            throw in.malformed(offset, "a JSON value has no text", null);
        }
        return new HazelcastJsonValue(text);
    }
}
