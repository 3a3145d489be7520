// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.ObjectStreamConstants;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how long hashing takes while an object stream is read. Objects in a stream refer to each other by number: sets in sets, or
 * records in records, take few bytes, but the hash code of one asks all below it, again and again: a hundred of them never end.
 *
 * <p>So the bytes are walked before any object is created, and, in the same way, when they have been written. Each object gets a weight:
 * one and the weights of all it refers to, as often as it refers to them, which is how many steps its hash code takes. What tables hash
 * while they are read must stay in proportion to the bytes; and no object may be so heavy that a caller who hashes it waits for long. An
 * object that refers to one around it counts what has been seen of that. Bytes that are no object stream are left to those who read them.
 *
 * <p>Compared are only numbers in the bytes; of classes, only whether those of the user are records. Not thread-safe.
 */
final class HashWork {

    /** Each byte may be hashed by so many tables around it; real ones lie less deep. */
    private static final long WORK_PER_BYTE = 100;

    private static final long WORK_AT_LEAST = 100_000;

    /** About a tenth of a second. */
    private static final long WEIGHT_AT_LEAST = 20_000_000;

    /** There is no option: this protects the thread that reads. */
    private static final String TOO_MUCH =
            "collections or records lie in each other in such a way that hashing them would take too long. Give each"
                    + " a copy of what it holds instead of sharing large ones, or store the value in another form, such as compact";

    /** No JDK since 1.2 writes so unless it is told to. */
    private static final String ENDLESS =
            "an object of an Externalizable class is in the first version of the stream format, which does not say where it ends, so"
                    + " that what follows cannot be checked. Write it in the present version (ObjectOutputStream.useProtocolVersion)";

    /** Whose own values are keys, each followed by its value. */
    private static final Set<String> MAPS = Set.of(
            "java.util.HashMap",
            "java.util.Hashtable",
            "java.util.TreeMap",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.ConcurrentSkipListMap");

    /** Whose own values are elements that are hashed or compared. */
    private static final Set<String> SETS = Set.of("java.util.HashSet", "java.util.TreeSet", "java.util.PriorityQueue");

    /** What {@code List.of}, {@code Set.of} and {@code Map.of} are in a stream, and the numbers for them. */
    private static final String FIXED = "java.util.CollSer";

    private static final int FIXED_LIST = 1;
    private static final int FIXED_MAP = 3;
    private static final String COPIES = "java.util.Collections$CopiesList";

    private static final int FIRST_HANDLE = ObjectStreamConstants.baseWireHandle;
    private static final long WEIGHT_OF_FOREVER = Long.MAX_VALUE / 4;

    private enum End {
        OF_BYTES,
        TOO_HEAVY,
        UNKNOWN,
        NO_STREAM
    }

    /** Ends a walk early. */
    @SuppressWarnings("serial") // never leaves this class
    private static final class Stop extends RuntimeException {

        private final End end;

        Stop(End end) {
            super(null, null, false, false);
            this.end = end;
        }
    }

    private final byte[] bytes;
    private final int end;
    private final Predicate<String> isRecord;
    private final long heaviest;
    private long left;
    private int at;
    private int handles;
    private long[] weights = new long[32];
    private @Nullable StreamDescription[] descriptions = new StreamDescription[32];

    private HashWork(byte[] bytes, int from, int to, Predicate<String> isRecord) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
        this.isRecord = isRecord;
        left = WORK_AT_LEAST + (to - from) * WORK_PER_BYTE;
        heaviest = WEIGHT_AT_LEAST + left;
    }

    /**
     * Why the stream must not be read: what it holds takes too long to hash, or it cannot be told whether it does. Null if it may be read.
     *
     * @param bytes which have a stream that starts at {@code from}, and maybe others behind it
     * @param isRecord whether the class with a name is a record
     */
    static @Nullable String objection(byte[] bytes, int from, int to, Predicate<String> isRecord) {
        return switch (walk(bytes, from, to, isRecord)) {
            case TOO_HEAVY -> TOO_MUCH;
            case UNKNOWN -> ENDLESS;
            case OF_BYTES, NO_STREAM -> null;
        };
    }

    /** Whether all of it is an object stream, for tests. */
    static boolean understands(byte[] bytes, int from, int to) {
        return walk(bytes, from, to, name -> false) == End.OF_BYTES;
    }

    private static End walk(byte[] bytes, int from, int to, Predicate<String> isRecord) {
        HashWork work = new HashWork(bytes, from, to, isRecord);
        try {
            work.walk();
            return End.OF_BYTES;
        } catch (Stop stop) {
            return stop.end;
        } catch (StackOverflowError e) {
            return End.NO_STREAM; // those who read need more stack
        }
    }

    // ---- the grammar, which the specification of object serialization has in its section 6.4

    private void walk() {
        if (unsignedShort() != (ObjectStreamConstants.STREAM_MAGIC & 0xFFFF)
                || unsignedShort() != ObjectStreamConstants.STREAM_VERSION) {
            throw new Stop(End.NO_STREAM);
        }
        while (at < end) {
            byte type = next();
            if (type == ObjectStreamConstants.TC_RESET) {
                handles = 0;
            } else if (!isBlock(type)) {
                object(type);
            }
        }
    }

    /** Skips primitive values between objects; false if it is none. */
    private boolean isBlock(byte type) {
        if (type == ObjectStreamConstants.TC_BLOCKDATA) {
            skip(next() & 0xFF);
            return true;
        }
        if (type == ObjectStreamConstants.TC_BLOCKDATALONG) {
            skip(number());
            return true;
        }
        return false;
    }

    /** The weight of the object that begins with this byte. */
    private long object(byte type) {
        return switch (type) {
            case ObjectStreamConstants.TC_NULL -> 1;
            case ObjectStreamConstants.TC_REFERENCE -> weights[handle()];
            case ObjectStreamConstants.TC_STRING -> {
                assign(null);
                skip(unsignedShort());
                yield 1;
            }
            case ObjectStreamConstants.TC_LONGSTRING -> {
                assign(null);
                skip(longNumber());
                yield 1;
            }
            case ObjectStreamConstants.TC_CLASSDESC, ObjectStreamConstants.TC_PROXYCLASSDESC -> {
                description(type);
                yield 1;
            }
            case ObjectStreamConstants.TC_CLASS -> {
                description(next());
                assign(null);
                yield 1;
            }
            case ObjectStreamConstants.TC_ENUM -> {
                description(next());
                assign(null);
                object(next()); // its name
                yield 1;
            }
            case ObjectStreamConstants.TC_EXCEPTION -> {
                handles = 0;
                object(next()); // is created, before reading fails
                throw new Stop(End.NO_STREAM);
            }
            case ObjectStreamConstants.TC_ARRAY -> array();
            case ObjectStreamConstants.TC_OBJECT -> instance();
            default -> throw new Stop(End.NO_STREAM);
        };
    }

    private long array() {
        StreamDescription description = existing(description(next()));
        int self = assign(null);
        int length = number();
        char component = description.name.length() < 2 ? ' ' : description.name.charAt(1);
        if (component == 'L' || component == '[') {
            for (int i = 0; i < length; i++) {
                add(self, object(next()));
            }
        } else {
            long size = (long) length * StreamDescription.sizeOf(component);
            skip(size);
            add(self, size / Long.BYTES);
        }
        return weights[self];
    }

    private long instance() {
        StreamDescription description = existing(description(next()));
        int self = assign(null);
        boolean asksItsParts = description.asksItsParts();
        if (description.isExternalizable()) {
            if (!description.isInBlocks()) {
                throw new Stop(End.UNKNOWN);
            }
            ownValues(description, self, asksItsParts, 0);
            return weights[self];
        }
        StreamDescription[] chain = description.chain();
        if (chain == null) {
            throw new Stop(End.NO_STREAM);
        }
        for (StreamDescription part : chain) {
            int first = part.firstInt < 0 ? 0 : intAt(at + part.firstInt);
            skip(part.primitiveBytes);
            long times = part.name.equals(COPIES) ? Math.max(0, first) : 1;
            for (int i = 0; i < part.objectFields; i++) {
                long weight = object(next());
                if (asksItsParts) {
                    add(self, times > heaviest / weight ? WEIGHT_OF_FOREVER : weight * times);
                }
            }
            if (part.hasMore() && !description.isRecord) {
                ownValues(part, self, asksItsParts, first);
            }
        }
        return weights[self];
    }

    /** What a class wrote itself, behind its fields. */
    private void ownValues(StreamDescription part, int self, boolean asksItsParts, int kind) {
        boolean isFixed = part.name.equals(FIXED);
        boolean isMap = isFixed ? (kind & 0xFF) == FIXED_MAP : MAPS.contains(part.name);
        boolean isSet = isFixed ? !isMap && (kind & 0xFF) != FIXED_LIST : SETS.contains(part.name);
        int count = 0;
        for (byte type = next(); type != ObjectStreamConstants.TC_ENDBLOCKDATA; type = next()) {
            if (isBlock(type)) {
                continue;
            }
            long weight = object(type);
            if (asksItsParts) {
                add(self, weight);
            }
            if (isSet || (isMap && count % 2 == 0)) {
                left -= weight;
                if (left < 0) {
                    throw new Stop(End.TOO_HEAVY);
                }
            }
            count++;
        }
    }

    private @Nullable StreamDescription description(byte type) {
        return switch (type) {
            case ObjectStreamConstants.TC_NULL -> null;
            case ObjectStreamConstants.TC_REFERENCE -> existing(descriptions[handle()]);
            case ObjectStreamConstants.TC_PROXYCLASSDESC -> proxyDescription();
            case ObjectStreamConstants.TC_CLASSDESC -> classDescription();
            default -> throw new Stop(End.NO_STREAM);
        };
    }

    private StreamDescription proxyDescription() {
        StreamDescription proxy = new StreamDescription("", 0, false);
        assign(proxy);
        for (int i = number(); i > 0; i--) {
            skip(unsignedShort());
        }
        endOf(proxy);
        return proxy;
    }

    private StreamDescription classDescription() {
        String name = name();
        skip(Long.BYTES);
        int self = assign(null);
        int flags = next();
        boolean record = !name.startsWith("java.") && !name.startsWith("[") && isRecord.test(name);
        StreamDescription described = new StreamDescription(name, flags, record);
        descriptions[self] = described;
        for (int i = unsignedShort(); i > 0; i--) {
            char field = (char) next();
            skip(unsignedShort());
            if (field == 'L' || field == '[') {
                object(next()); // the name of its type
            }
            described.addField(field);
        }
        endOf(described);
        return described;
    }

    private void endOf(StreamDescription description) {
        for (byte type = next(); type != ObjectStreamConstants.TC_ENDBLOCKDATA; type = next()) {
            if (!isBlock(type)) {
                object(type);
            }
        }
        description.parent = description(next());
    }

    private static StreamDescription existing(@Nullable StreamDescription description) {
        if (description == null) {
            throw new Stop(End.NO_STREAM);
        }
        return description;
    }

    // ---- weights

    private void add(int self, long weight) {
        weights[self] = Math.min(WEIGHT_OF_FOREVER, weights[self] + weight);
        if (weights[self] > heaviest) {
            throw new Stop(End.TOO_HEAVY);
        }
    }

    private int assign(@Nullable StreamDescription description) {
        if (handles == weights.length) {
            weights = Arrays.copyOf(weights, 2 * handles);
            descriptions = Arrays.copyOf(descriptions, 2 * handles);
        }
        weights[handles] = 1;
        descriptions[handles] = description;
        return handles++;
    }

    private int handle() {
        int handle = number() - FIRST_HANDLE;
        if (handle < 0 || handle >= handles) {
            throw new Stop(End.NO_STREAM);
        }
        return handle;
    }

    // ---- bytes

    private byte next() {
        if (at >= end) {
            throw new Stop(End.NO_STREAM);
        }
        return bytes[at++];
    }

    private void skip(long count) {
        if (count < 0 || count > end - at) {
            throw new Stop(End.NO_STREAM);
        }
        at += (int) count;
    }

    private int unsignedShort() {
        return (next() & 0xFF) << 8 | (next() & 0xFF);
    }

    private int number() {
        return unsignedShort() << 16 | unsignedShort();
    }

    private long longNumber() {
        return (long) number() << 32 | (number() & 0xFFFF_FFFFL);
    }

    private int intAt(int position) {
        if (position + Integer.BYTES > end) {
            throw new Stop(End.NO_STREAM);
        }
        int back = at;
        at = position;
        int number = number();
        at = back;
        return number;
    }

    private String name() {
        int length = unsignedShort();
        int start = at;
        skip(length);
        for (int i = start; i < at; i++) {
            if (bytes[i] < 0) {
                return nameBeyondAscii(start - Short.BYTES, Short.BYTES + length);
            }
        }
        return new String(bytes, start, length, StandardCharsets.US_ASCII);
    }

    private String nameBeyondAscii(int start, int length) {
        try {
            return new DataInputStream(new ByteArrayInputStream(bytes, start, length)).readUTF();
        } catch (IOException e) {
            throw new Stop(End.NO_STREAM);
        }
    }
}
