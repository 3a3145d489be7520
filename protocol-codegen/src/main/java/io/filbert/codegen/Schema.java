// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Everything the schema files say. */
public record Schema(List<Method> methods, Map<String, CustomType> types, List<Constants> constants) {
    public Schema {
        methods = List.copyOf(methods);
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        constants = List.copyOf(constants);
    }

    /**
     * One request with its response and events.
     *
     * @param shipped whether the client uses it; else its codecs are generated for tests only
     */
    public record Method(
            Location location,
            String service,
            int serviceId,
            String name,
            int id,
            String since,
            boolean retryable,
            boolean shipped,
            String partitionRule,
            Message request,
            Message response,
            List<Message> events) {
        public Method {
            events = List.copyOf(events);
        }

        /** {@code Map.put}. */
        public String fullName() {
            return service + "." + name;
        }

        int typeOf(int kind) {
            return serviceId << 16 | id << 8 | kind;
        }
    }

    /** What a message is for; the kind decides where its fixed-size parameters start. */
    public enum Kind {
        REQUEST(16),
        RESPONSE(13),
        EVENT(16);

        private final int headerBytes;

        Kind(int headerBytes) {
            this.headerBytes = headerBytes;
        }

        public int headerBytes() {
            return headerBytes;
        }
    }

    /** One message. {@code name} is empty unless it is an event. */
    public record Message(
            Location location, Kind kind, int messageType, String name, String since, List<Field> fields) {
        public Message {
            fields = List.copyOf(fields);
        }

        /** The event's name with its ending: {@code EntryEvent}. */
        public String eventName() {
            return name.endsWith("Event") ? name : name + "Event";
        }

        /** {@code ENTRY_EVENT_TYPE}. */
        String constantName() {
            return eventName().replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT) + "_TYPE";
        }
    }

    /**
     * A parameter of a message or a field of a custom type.
     *
     * @param since the protocol version that added it
     * @param added whether it is newer than its message or type, so that older peers leave it out
     * @param defaultValue what absence means, as the schema writes it
     */
    public record Field(Location location, String name, Type type, String since, boolean added, String defaultValue) {
        /** Whether the Java value may be null after decoding. */
        public boolean nullableInJava() {
            return type.nullable() || (added && defaultValue.equals("null"));
        }
    }

    /** A record that travels between a begin and an end frame. */
    public record CustomType(Location location, String name, String since, List<Field> fields) {
        public CustomType {
            fields = List.copyOf(fields);
        }
    }

    /** A named group of values. */
    public record Constants(Location location, String name, String javaType, List<Constant> values) {
        public Constants {
            values = List.copyOf(values);
        }
    }

    /** One named value and the remark behind it. */
    public record Constant(String name, String value, String remark) {}

    static String capitalized(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
