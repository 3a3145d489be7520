// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.vectors;

import io.filbert.internal.protocol.Data;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is in an object down to its last field, as a text. It is the same for an object of the members' own and for its counterpart
 * here, which has the same simple class name and the same fields; a field that is null may also be missing, because the classes of
 * older releases have fewer. The order in sets and maps counts for nothing: even
 * that of a linked map, because the reference object was filled from one without order, in another JVM.
 */
public final class Fields {

    private Fields() {}

    public static String of(@Nullable Object object) {
        if (object == null) {
            return "null";
        }
        Class<?> type = object.getClass();
        if (type.isArray()) {
            StringBuilder text = new StringBuilder(type.getSimpleName()).append('{');
            for (int i = 0; i < Array.getLength(object); i++) {
                text.append(of(Array.get(object, i))).append(", ");
            }
            return text.append('}').toString();
        }
        if (object instanceof Collection<?> elements) {
            return list(type, elements.stream().map(Fields::of));
        }
        if (object instanceof Map<?, ?> map) {
            return list(type, map.entrySet().stream().map(Fields::entry));
        }
        if (object instanceof Map.Entry<?, ?> entry) {
            return type.getName() + '{' + entry(entry) + '}';
        }
        if (object instanceof Optional<?> optional) {
            return type.getName() + '{' + optional.map(Fields::of).orElse("") + '}';
        }
        if (object instanceof Enum<?> constant) {
            return type.getName() + '.' + constant.name();
        }
        if (type.getName().startsWith("java.")) {
            return type.getName() + '{' + object + '}';
        }
        if (type.getSimpleName().equals("HazelcastJsonValue")) {
            return "HazelcastJsonValue{" + object + "}";
        }
        return object instanceof Data data ? "Data{" + hex(data.bytes()) + '}' : fields(type, object);
    }

    private static String entry(Map.Entry<?, ?> entry) {
        return of(entry.getKey()) + "=" + of(entry.getValue());
    }

    private static String list(Class<?> type, Stream<String> elements) {
        boolean hashed = type == HashSet.class || Map.class.isAssignableFrom(type);
        return type.getName() + (hashed ? elements.sorted() : elements).collect(Collectors.joining(", ", "{", "}"));
    }

    private static String fields(Class<?> type, Object object) {
        try {
            if (type.getSimpleName().equals("HeapData")) {
                return "Data{" + hex((byte[]) type.getMethod("toByteArray").invoke(object)) + '}';
            }
            Map<String, String> fields = new TreeMap<>();
            for (Class<?> declaring = type; declaring != Object.class; declaring = declaring.getSuperclass()) {
                for (Field field : declaring.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        field.setAccessible(true);
                        Object value = field.get(object);
                        if (value != null) {
                            fields.put(field.getName(), field(field, value));
                        }
                    }
                }
            }
            return type.getSimpleName() + fields;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot look into an object of " + type, e);
        }
    }

    /** A field of an interface may hold any class that has it. */
    private static String field(Field field, Object value) {
        if (field.getType() == List.class) {
            return of(new ArrayList<>((List<?>) value));
        }
        if (field.getType() == Set.class) {
            return of(new HashSet<>((Set<?>) value));
        }
        return of(field.getType() == Map.class ? new HashMap<>((Map<?, ?>) value) : value);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
