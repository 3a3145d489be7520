// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

/** The numbers that say, in front of each serialized object, what kind of object follows. */
final class TypeId {
    static final int NULL = 0;
    static final int BYTE = -3;
    static final int BOOLEAN = -4;
    static final int CHARACTER = -5;
    static final int SHORT = -6;
    static final int INTEGER = -7;
    static final int LONG = -8;
    static final int FLOAT = -9;
    static final int DOUBLE = -10;
    static final int STRING = -11;
    static final int BYTE_ARRAY = -12;
    static final int BOOLEAN_ARRAY = -13;
    static final int CHAR_ARRAY = -14;
    static final int SHORT_ARRAY = -15;
    static final int INT_ARRAY = -16;
    static final int LONG_ARRAY = -17;
    static final int FLOAT_ARRAY = -18;
    static final int DOUBLE_ARRAY = -19;
    static final int STRING_ARRAY = -20;
    static final int UUID = -21;
    static final int BIG_INTEGER = -26;
    static final int BIG_DECIMAL = -27;
    static final int OBJECT_ARRAY = -28;
    static final int LOCAL_DATE = -51;
    static final int LOCAL_TIME = -52;
    static final int LOCAL_DATE_TIME = -53;
    static final int OFFSET_DATE_TIME = -54;

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
    static String nameOf(int typeId) {
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
