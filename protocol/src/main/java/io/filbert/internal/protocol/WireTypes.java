// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The variable-size types of the protocol, and the ways to compose them. */
public final class WireTypes {
    public static final WireType<String> STRING = new StringType();
    public static final WireType<Data> DATA = new DataType();
    public static final WireType<byte[]> BYTES = new BytesType();
    public static final WireType<int[]> INTS = new IntsType();
    public static final WireType<long[]> LONGS = new LongsType();
    public static final WireType<float[]> FLOATS = new FloatsType();
    public static final WireType<List<UUID>> UUIDS = new UuidsType();
    public static final WireType<Set<UUID>> UUID_SET = new UuidSetType();
    public static final WireType<List<Data>> DATA_LIST = list(DATA);
    public static final WireType<List<Map.Entry<Data, Data>>> DATA_ENTRIES = entries(DATA, DATA);
    public static final WireType<List<String>> STRING_LIST = list(STRING);
    public static final WireType<Map<String, String>> STRING_MAP = map(STRING, STRING);

    private static final int HEADER = MessageHeader.FRAME_HEADER_BYTES;
    private static final int BEGIN_AND_END = 2 * HEADER;

    private WireTypes() {}

    /** Items between a begin and an end frame. */
    public static <T> WireType<List<T>> list(WireType<T> item) {
        return new ListType<>(item);
    }

    /** The same, where null frames may stand for items. */
    public static <T> WireType<List<@Nullable T>> listOfNullable(WireType<T> item) {
        return new NullableListType<>(item);
    }

    /** Keys and values by turns between a begin and an end frame. */
    public static <K, V> WireType<Map<K, V>> map(WireType<K> key, WireType<V> value) {
        return new MapType<>(new EntriesType<>(key, value));
    }

    /** A map in its order, in which a key may come twice. */
    public static <K, V> WireType<List<Map.Entry<K, V>>> entries(WireType<K> key, WireType<V> value) {
        return new EntriesType<>(key, value);
    }

    /** All entries packed into one frame. */
    public static <K, V> WireType<List<Map.Entry<K, V>>> packed(FixedType<K> key, FixedType<V> value) {
        return new PackedEntriesType<>(key, value);
    }

    /** A list of the values, then one frame with the keys. */
    public static <K, V> WireType<List<Map.Entry<K, V>>> keysLast(FixedType<K> key, WireType<V> value) {
        return new KeysLastType<>(key, value);
    }

    // Records, because the JIT compiler takes their fields for constants when the record is one.

    private record StringType() implements WireType<String> {
        @Override
        public int size(String value) {
            return HEADER + Wire.utf8Length(value);
        }

        @Override
        public int put(byte[] out, int at, String value) {
            return Wire.putString(out, at, value, Wire.utf8Length(value));
        }

        @Override
        public String read(MessageReader in) {
            return in.readString();
        }
    }

    private record DataType() implements WireType<Data> {
        @Override
        public int size(Data value) {
            return Wire.size(value);
        }

        @Override
        public int put(byte[] out, int at, Data value) {
            return Wire.put(out, at, value);
        }

        @Override
        public Data read(MessageReader in) {
            return in.readData();
        }
    }

    private record BytesType() implements WireType<byte[]> {
        @Override
        public int size(byte[] value) {
            return HEADER + value.length;
        }

        @Override
        public int put(byte[] out, int at, byte[] value) {
            return Wire.putBytes(out, at, value);
        }

        @Override
        public byte[] read(MessageReader in) {
            return in.readBytes();
        }
    }

    private record IntsType() implements WireType<int[]> {
        @Override
        public int size(int[] value) {
            return HEADER + Integer.BYTES * value.length;
        }

        @Override
        public int put(byte[] out, int start, int[] value) {
            int at = Wire.putFrame(out, start, Integer.BYTES * value.length);
            for (int each : value) {
                Wire.putInt(out, at, each);
                at += Integer.BYTES;
            }
            return at;
        }

        @Override
        public int[] read(MessageReader in) {
            int[] values = new int[in.takePacked(Integer.BYTES)];
            int at = in.packedOffset();
            for (int i = 0; i < values.length; i++) {
                values[i] = Wire.getInt(in.buffer(), at);
                at += Integer.BYTES;
            }
            return values;
        }
    }

    private record LongsType() implements WireType<long[]> {
        @Override
        public int size(long[] value) {
            return HEADER + Long.BYTES * value.length;
        }

        @Override
        public int put(byte[] out, int start, long[] value) {
            int at = Wire.putFrame(out, start, Long.BYTES * value.length);
            for (long each : value) {
                Wire.putLong(out, at, each);
                at += Long.BYTES;
            }
            return at;
        }

        @Override
        public long[] read(MessageReader in) {
            long[] values = new long[in.takePacked(Long.BYTES)];
            int at = in.packedOffset();
            for (int i = 0; i < values.length; i++) {
                values[i] = Wire.getLong(in.buffer(), at);
                at += Long.BYTES;
            }
            return values;
        }
    }

    private record FloatsType() implements WireType<float[]> {
        @Override
        public int size(float[] value) {
            return HEADER + Float.BYTES * value.length;
        }

        @Override
        public int put(byte[] out, int start, float[] value) {
            int at = Wire.putFrame(out, start, Float.BYTES * value.length);
            for (float each : value) {
                Wire.putFloat(out, at, each);
                at += Float.BYTES;
            }
            return at;
        }

        @Override
        public float[] read(MessageReader in) {
            float[] values = new float[in.takePacked(Float.BYTES)];
            int at = in.packedOffset();
            for (int i = 0; i < values.length; i++) {
                values[i] = Wire.getFloat(in.buffer(), at);
                at += Float.BYTES;
            }
            return values;
        }
    }

    private record UuidsType() implements WireType<List<UUID>> {
        @Override
        public int size(List<UUID> value) {
            return HEADER + Wire.UUID_BYTES * value.size();
        }

        @Override
        public int put(byte[] out, int start, List<UUID> value) {
            int at = Wire.putFrame(out, start, Wire.UUID_BYTES * value.size());
            for (UUID each : value) {
                Wire.putUuid(out, at, each);
                at += Wire.UUID_BYTES;
            }
            return at;
        }

        @Override
        public List<UUID> read(MessageReader in) {
            int count = in.takePacked(Wire.UUID_BYTES);
            List<UUID> values = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                values.add(FixedType.UUID.get(in.buffer(), in.packedOffset() + i * Wire.UUID_BYTES));
            }
            return values;
        }
    }

    private record UuidSetType() implements WireType<Set<UUID>> {
        @Override
        public int size(Set<UUID> value) {
            return HEADER + Wire.UUID_BYTES * value.size();
        }

        @Override
        public int put(byte[] out, int at, Set<UUID> value) {
            return UUIDS.put(out, at, List.copyOf(value));
        }

        @Override
        public Set<UUID> read(MessageReader in) {
            return new LinkedHashSet<>(UUIDS.read(in));
        }
    }

    private record ListType<T>(WireType<T> item) implements WireType<List<T>> {
        @Override
        public int size(List<T> value) {
            int size = BEGIN_AND_END;
            for (T each : value) {
                size += item.size(each);
            }
            return size;
        }

        @Override
        public int put(byte[] out, int start, List<T> value) {
            int at = Wire.putBegin(out, start);
            for (T each : value) {
                at = item.put(out, at, each);
            }
            return Wire.putEnd(out, at);
        }

        @Override
        public List<T> read(MessageReader in) {
            List<T> values = new ArrayList<>();
            in.beginType();
            while (in.hasField()) {
                values.add(item.read(in));
            }
            in.endType();
            return values;
        }
    }

    private record NullableListType<T>(WireType<T> item) implements WireType<List<@Nullable T>> {
        @Override
        public int size(List<@Nullable T> value) {
            int size = BEGIN_AND_END;
            for (T each : value) {
                size += item.sizeOrNull(each);
            }
            return size;
        }

        @Override
        public int put(byte[] out, int start, List<@Nullable T> value) {
            int at = Wire.putBegin(out, start);
            for (T each : value) {
                at = item.putOrNull(out, at, each);
            }
            return Wire.putEnd(out, at);
        }

        @Override
        public List<@Nullable T> read(MessageReader in) {
            List<@Nullable T> values = new ArrayList<>();
            in.beginType();
            while (in.hasField()) {
                values.add(item.readOrNull(in));
            }
            in.endType();
            return values;
        }
    }

    private record EntriesType<K, V>(WireType<K> key, WireType<V> value) implements WireType<List<Map.Entry<K, V>>> {
        @Override
        public int size(List<Map.Entry<K, V>> entries) {
            int size = BEGIN_AND_END;
            for (Map.Entry<K, V> each : entries) {
                size += key.size(each.getKey()) + value.size(each.getValue());
            }
            return size;
        }

        @Override
        public int put(byte[] out, int start, List<Map.Entry<K, V>> entries) {
            int at = Wire.putBegin(out, start);
            for (Map.Entry<K, V> each : entries) {
                at = key.put(out, at, each.getKey());
                at = value.put(out, at, each.getValue());
            }
            return Wire.putEnd(out, at);
        }

        @Override
        public List<Map.Entry<K, V>> read(MessageReader in) {
            List<Map.Entry<K, V>> entries = new ArrayList<>();
            in.beginType();
            while (in.hasField()) {
                K eachKey = key.read(in);
                entries.add(new SimpleImmutableEntry<>(eachKey, value.read(in)));
            }
            in.endType();
            return entries;
        }
    }

    private record MapType<K, V>(EntriesType<K, V> entries) implements WireType<Map<K, V>> {
        @Override
        public int size(Map<K, V> value) {
            int size = BEGIN_AND_END;
            for (Map.Entry<K, V> each : value.entrySet()) {
                size += entries.key.size(each.getKey()) + entries.value.size(each.getValue());
            }
            return size;
        }

        @Override
        public int put(byte[] out, int start, Map<K, V> value) {
            int at = Wire.putBegin(out, start);
            for (Map.Entry<K, V> each : value.entrySet()) {
                at = entries.key.put(out, at, each.getKey());
                at = entries.value.put(out, at, each.getValue());
            }
            return Wire.putEnd(out, at);
        }

        @Override
        public Map<K, V> read(MessageReader in) {
            Map<K, V> map = new LinkedHashMap<>();
            in.beginType();
            while (in.hasField()) {
                K eachKey = entries.key.read(in);
                map.put(eachKey, entries.value.read(in));
            }
            in.endType();
            return map;
        }
    }

    private record PackedEntriesType<K, V>(FixedType<K> key, FixedType<V> value)
            implements WireType<List<Map.Entry<K, V>>> {
        private int entryBytes() {
            return key.bytes() + value.bytes();
        }

        @Override
        public int size(List<Map.Entry<K, V>> entries) {
            return HEADER + entryBytes() * entries.size();
        }

        @Override
        public int put(byte[] out, int start, List<Map.Entry<K, V>> entries) {
            int at = Wire.putFrame(out, start, entryBytes() * entries.size());
            for (Map.Entry<K, V> each : entries) {
                key.put(out, at, each.getKey());
                value.put(out, at + key.bytes(), each.getValue());
                at += entryBytes();
            }
            return at;
        }

        @Override
        public List<Map.Entry<K, V>> read(MessageReader in) {
            int count = in.takePacked(entryBytes());
            List<Map.Entry<K, V>> entries = new ArrayList<>(count);
            int at = in.packedOffset();
            for (int i = 0; i < count; i++) {
                entries.add(
                        new SimpleImmutableEntry<>(key.get(in.buffer(), at), value.get(in.buffer(), at + key.bytes())));
                at += entryBytes();
            }
            return entries;
        }
    }

    private record KeysLastType<K, V>(FixedType<K> key, WireType<V> value) implements WireType<List<Map.Entry<K, V>>> {
        @Override
        public int size(List<Map.Entry<K, V>> entries) {
            int size = BEGIN_AND_END + HEADER + key.bytes() * entries.size();
            for (Map.Entry<K, V> each : entries) {
                size += value.size(each.getValue());
            }
            return size;
        }

        @Override
        public int put(byte[] out, int start, List<Map.Entry<K, V>> entries) {
            int at = Wire.putBegin(out, start);
            for (Map.Entry<K, V> each : entries) {
                at = value.put(out, at, each.getValue());
            }
            at = Wire.putFrame(out, Wire.putEnd(out, at), key.bytes() * entries.size());
            for (Map.Entry<K, V> each : entries) {
                key.put(out, at, each.getKey());
                at += key.bytes();
            }
            return at;
        }

        @Override
        public List<Map.Entry<K, V>> read(MessageReader in) {
            List<V> values = new ArrayList<>();
            in.beginType();
            while (in.hasField()) {
                values.add(value.read(in));
            }
            in.endType();
            int count = in.takePacked(key.bytes());
            int at = in.packedOffset();
            if (count != values.size()) {
                throw in.problem(at, count + " keys for " + values.size() + " values");
            }
            List<Map.Entry<K, V>> entries = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                entries.add(new SimpleImmutableEntry<>(key.get(in.buffer(), at + i * key.bytes()), values.get(i)));
            }
            return entries;
        }
    }
}
