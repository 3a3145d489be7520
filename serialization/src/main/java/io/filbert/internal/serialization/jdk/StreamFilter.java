// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import io.filbert.internal.serialization.stream.DataReader;
import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/**
 * Decides what one object stream may hold, and remembers why it refused something. The user's own filter is asked first; what it leaves
 * open is decided here: only allowed classes, no deeper than other objects, and no arrays that the bytes cannot fill. Not thread-safe.
 */
final class StreamFilter implements ObjectInputFilter {

    /** Tables of maps are larger than their entries are many: at most by this factor for each byte of the entries. */
    private static final long ELEMENTS_PER_BYTE = 4;

    private static final long ELEMENTS_AT_LEAST = 1024;

    private final AllowedClasses allowed;
    private final @Nullable ObjectInputFilter ofUser;
    private @Nullable ObjectInputFilter ofJvm;
    private long bytes;
    private long elements;
    private @Nullable String refusal;

    StreamFilter(AllowedClasses allowed, @Nullable ObjectInputFilter ofUser, long bytes) {
        this.allowed = allowed;
        this.ofUser = ofUser;
        this.bytes = bytes;
        this.ofJvm = Config.getSerialFilter();
    }

    /** Names a filter that may refuse what this one allows. */
    void alsoAsk(@Nullable ObjectInputFilter filter) {
        ofJvm = filter;
    }

    /** Corrects how many bytes the stream has at most. */
    void streamHas(long count) {
        bytes = count;
    }

    /** Why something was refused; null if nothing was. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** Whether an object of the class may be made outside of a stream. */
    boolean admits(Class<?> type) {
        return admits(type, 1);
    }

    /** Whether an object of the class may lie so deep in a stream. */
    boolean admits(Class<?> type, long depth) {
        return checkInput(new OneClass(type, depth)) != Status.REJECTED;
    }

    /** Whether classes may be defined that pass all calls of some interfaces to an object of the stream. */
    boolean admitsProxies() {
        return ofUser != null
                || refuse(
                                "a dynamic proxy is refused, because it passes calls to whatever the stream says. If it is harmless,"
                                        + " let a filter accept its class (javaSerializationFilter)")
                        != Status.REJECTED;
    }

    @Override
    public Status checkInput(FilterInfo found) {
        @Nullable Status status = ofUser == null ? Status.UNDECIDED : ofUser.checkInput(found);
        if (status == null || status == Status.REJECTED) {
            return refuse(described(found) + " refused by the filter of the configuration (javaSerializationFilter)");
        }
        if (status == Status.UNDECIDED && decide(found) == Status.REJECTED) {
            return Status.REJECTED;
        }
        if (ofJvm != null && ofJvm.checkInput(found) == Status.REJECTED) {
            return refuse(described(found) + " refused by the filter of this JVM (jdk.serialFilter)");
        }
        return Status.ALLOWED;
    }

    private Status decide(FilterInfo found) {
        Class<?> type = found.serialClass();
        if (type != null && !allowed.contains(type)) {
            return refuse(
                    "the class " + type.getName() + " is refused, because an object stream can make any class run its"
                            + " code. If the class is harmless, allow it: " + remedy(type));
        }
        // What has no class is a reference, which a filter of the user cannot allow: it has allowed the object around
        // it.
        boolean deepByFilter = ofUser != null && type == null;
        if (found.depth() > DataReader.MAX_DEPTH && !deepByFilter) {
            return refuse("objects nest deeper than " + DataReader.MAX_DEPTH
                    + " levels, unless a javaSerializationFilter allows their classes");
        }
        return found.arrayLength() < 0 || type == null ? Status.ALLOWED : claim(type, found.arrayLength());
    }

    /** Arrays are made before their elements are read, and inside each other: it is their sum that must be true. */
    private Status claim(Class<?> type, long length) {
        Class<?> component = type.getComponentType();
        boolean possible;
        if (component != null && component.isPrimitive()) {
            possible = length * sizeOf(component) <= bytes;
        } else {
            elements += length;
            possible = elements <= ELEMENTS_AT_LEAST + bytes * ELEMENTS_PER_BYTE;
        }
        return possible
                ? Status.ALLOWED
                : refuse("an array of " + length + " elements cannot be in the " + bytes + " bytes there are");
    }

    private String remedy(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return ofUser == null
                ? "javaSerializationAllowed(\"" + element.getName() + "\")"
                : "let the filter of the configuration (javaSerializationFilter) accept " + element.getName();
    }

    private Status refuse(String reason) {
        refusal = reason;
        return Status.REJECTED;
    }

    private static String described(FilterInfo found) {
        Class<?> type = found.serialClass();
        return type == null
                ? "an object at depth " + found.depth() + ", number " + found.references() + " in its stream, is"
                : "the class " + type.getName() + (found.arrayLength() < 0 ? "" : " of length " + found.arrayLength())
                        + " is";
    }

    private static int sizeOf(Class<?> primitive) {
        if (primitive == long.class || primitive == double.class) {
            return Long.BYTES;
        }
        if (primitive == int.class || primitive == float.class) {
            return Integer.BYTES;
        }
        return primitive == short.class || primitive == char.class ? Short.BYTES : 1;
    }

    /** What a filter is told about the object of a class that stands before its stream. */
    private record OneClass(Class<?> serialClass, long depth) implements FilterInfo {

        @Override
        public long arrayLength() {
            return -1;
        }

        @Override
        public long references() {
            return 1;
        }

        @Override
        public long streamBytes() {
            return 0;
        }
    }
}
