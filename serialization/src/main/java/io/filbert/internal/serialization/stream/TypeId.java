// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

/** The numbers that say, in front of each serialized object, what kind of object follows. */
public final class TypeId {
    public static final int NULL = 0;
    public static final int PORTABLE = -1;
    public static final int IDENTIFIED = -2;
    public static final int BYTE = -3;
    public static final int BOOLEAN = -4;
    public static final int CHARACTER = -5;
    public static final int SHORT = -6;
    public static final int INTEGER = -7;
    public static final int LONG = -8;
    public static final int FLOAT = -9;
    public static final int DOUBLE = -10;
    public static final int STRING = -11;
    public static final int BYTE_ARRAY = -12;
    public static final int BOOLEAN_ARRAY = -13;
    public static final int CHAR_ARRAY = -14;
    public static final int SHORT_ARRAY = -15;
    public static final int INT_ARRAY = -16;
    public static final int LONG_ARRAY = -17;
    public static final int FLOAT_ARRAY = -18;
    public static final int DOUBLE_ARRAY = -19;
    public static final int STRING_ARRAY = -20;
    public static final int UUID = -21;
    public static final int SIMPLE_ENTRY = -22;
    public static final int SIMPLE_IMMUTABLE_ENTRY = -23;
    public static final int CLASS = -24;
    public static final int DATE = -25;
    public static final int BIG_INTEGER = -26;
    public static final int BIG_DECIMAL = -27;
    public static final int OBJECT_ARRAY = -28;
    public static final int ARRAY_LIST = -29;
    public static final int LINKED_LIST = -30;
    public static final int COPY_ON_WRITE_ARRAY_LIST = -31;
    public static final int HASH_MAP = -32;
    public static final int CONCURRENT_SKIP_LIST_MAP = -33;
    public static final int CONCURRENT_HASH_MAP = -34;
    public static final int LINKED_HASH_MAP = -35;
    public static final int TREE_MAP = -36;
    public static final int HASH_SET = -37;
    public static final int TREE_SET = -38;
    public static final int LINKED_HASH_SET = -39;
    public static final int COPY_ON_WRITE_ARRAY_SET = -40;
    public static final int CONCURRENT_SKIP_LIST_SET = -41;
    public static final int ARRAY_DEQUE = -42;
    public static final int LINKED_BLOCKING_QUEUE = -43;
    public static final int ARRAY_BLOCKING_QUEUE = -44;
    public static final int PRIORITY_BLOCKING_QUEUE = -45;
    public static final int DELAY_QUEUE = -46;
    public static final int SYNCHRONOUS_QUEUE = -47;
    public static final int LINKED_TRANSFER_QUEUE = -48;
    public static final int PRIORITY_QUEUE = -49;
    public static final int OPTIONAL = -50;
    public static final int LOCAL_DATE = -51;
    public static final int LOCAL_TIME = -52;
    public static final int LOCAL_DATE_TIME = -53;
    public static final int OFFSET_DATE_TIME = -54;
    public static final int COMPACT = -55;
    public static final int COMPACT_WITH_SCHEMA = -56;
    public static final int SERIALIZABLE = -100;
    public static final int EXTERNALIZABLE = -101;
    public static final int JSON = -130;

    /** What the members keep under the ids 0, -1, -2 and so on; the position is the id without its sign. */
    private static final String[] BUILT_IN = {
        "null",
        "Portable",
        "IdentifiedDataSerializable or DataSerializable",
        "java.lang.Byte",
        "java.lang.Boolean",
        "java.lang.Character",
        "java.lang.Short",
        "java.lang.Integer",
        "java.lang.Long",
        "java.lang.Float",
        "java.lang.Double",
        "java.lang.String",
        "byte[]",
        "boolean[]",
        "char[]",
        "short[]",
        "int[]",
        "long[]",
        "float[]",
        "double[]",
        "java.lang.String[]",
        "java.util.UUID",
        "java.util.AbstractMap.SimpleEntry",
        "java.util.AbstractMap.SimpleImmutableEntry",
        "java.lang.Class",
        "java.util.Date",
        "java.math.BigInteger",
        "java.math.BigDecimal",
        "java.lang.Object[]",
        "java.util.ArrayList",
        "java.util.LinkedList",
        "java.util.concurrent.CopyOnWriteArrayList",
        "java.util.HashMap",
        "java.util.concurrent.ConcurrentSkipListMap",
        "java.util.concurrent.ConcurrentHashMap",
        "java.util.LinkedHashMap",
        "java.util.TreeMap",
        "java.util.HashSet",
        "java.util.TreeSet",
        "java.util.LinkedHashSet",
        "java.util.concurrent.CopyOnWriteArraySet",
        "java.util.concurrent.ConcurrentSkipListSet",
        "java.util.ArrayDeque",
        "java.util.concurrent.LinkedBlockingQueue",
        "java.util.concurrent.ArrayBlockingQueue",
        "java.util.concurrent.PriorityBlockingQueue",
        "java.util.concurrent.DelayQueue",
        "java.util.concurrent.SynchronousQueue",
        "java.util.concurrent.LinkedTransferQueue",
        "java.util.PriorityQueue",
        "java.util.Optional",
        "java.time.LocalDate",
        "java.time.LocalTime",
        "java.time.LocalDateTime",
        "java.time.OffsetDateTime",
        "Compact",
        "Compact with its schema inside",
    };

    private TypeId() {}

    /** The kind of object an id stands for, in words for an error message. */
    public static String nameOf(int typeId) {
        if (typeId > 0) {
            return "an object of a custom serializer";
        }
        if (typeId > -BUILT_IN.length) {
            return BUILT_IN[-typeId];
        }
        if (typeId <= -200 && typeId >= -206) {
            return "a Hibernate cache object";
        }
        if (typeId <= -300 && typeId >= -399) {
            return "a Jet object";
        }
        return switch (typeId) {
            case -100 -> "java.io.Serializable";
            case -101 -> "java.io.Externalizable";
            case -110 -> "an object of the .NET client's own serialization";
            case -120 -> "a Python pickle";
            case -130 -> "HazelcastJsonValue";
            case -140 -> "an object of the Go client's gob serialization";
            default -> "an unknown type";
        };
    }
}
