// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.serialization.FieldKind;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How values of one Java type become one field, or several: code that the JVM compiles together with that of the other fields of a class, so
 * that neither boxing nor look-ups remain. Immutable.
 */
interface JavaType {

    /** What is appended to the name of the field of the class, for each field that is written. */
    List<String> suffixes();

    /** The kinds of these fields. */
    List<FieldKind> kinds();

    /** Writes a value: {@code (SlotWriter, value) -> void}. */
    MethodHandle writer(List<Slot> slots);

    /** The same, with errors that name the field. */
    JavaType named(String field);

    /** Reads a value of an object that may lack any of the fields, the first of which has this number: {@code SlotReader -> value}. */
    MethodHandle reader(int firstMember);

    /** The type of one field that the cursors know as it is. */
    static JavaType plain(FieldKind kind, Class<?> type) {
        Class<?> carrier =
                kind == FieldKind.COMPACT ? Object.class : kind == FieldKind.ARRAY_OF_COMPACT ? Object[].class : type;
        return new OneField(kind, carrier, type.isArray() ? type.getComponentType() : type, type, null, null);
    }

    /**
     * The type of one field that is written as another one; neither function is asked about numbers that cannot be null.
     *
     * @param item the class of the object, or of those in the array, if there are any
     */
    static JavaType converted(
            FieldKind kind,
            Class<?> carrier,
            Class<?> item,
            Class<?> type,
            Function<@Nullable Object, @Nullable Object> to,
            Function<@Nullable Object, @Nullable Object> from) {
        return new OneField(kind, carrier, item, type, to, from);
    }

    /** The type of a field that is written as two fields, one with each suffix. */
    static JavaType pair(
            JavaType first,
            String firstSuffix,
            JavaType second,
            String secondSuffix,
            Class<?> type,
            Function<@Nullable Object, @Nullable Object> split,
            Pairing pairing) {
        return new TwoFields(first, firstSuffix, second, secondSuffix, type, split, pairing);
    }

    /** What a value becomes that is written as two fields. */
    record Halves(@Nullable Object first, @Nullable Object second) {}

    /** Makes a value of two fields. */
    interface Pairing {
        @Nullable
        Object of(@Nullable Object first, @Nullable Object second);
    }

    /**
     * One field.
     *
     * @param carrier what the cursors write and read
     * @param item the class of the object, or of those in the array, if there are any
     * @param type what the class has
     */
    record OneField(
            FieldKind kind,
            Class<?> carrier,
            Class<?> item,
            Class<?> type,
            @Nullable Function<@Nullable Object, @Nullable Object> to,
            @Nullable Function<@Nullable Object, @Nullable Object> from)
            implements JavaType {

        @Override
        public JavaType named(String field) {
            return new OneField(
                    kind,
                    carrier,
                    item,
                    type,
                    to == null ? null : FieldValues.named("write", field, to),
                    from == null ? null : FieldValues.named("read", field, from));
        }

        @Override
        public List<String> suffixes() {
            return List.of("");
        }

        @Override
        public List<FieldKind> kinds() {
            return List.of(kind);
        }

        @Override
        public MethodHandle writer(List<Slot> slots) {
            MethodType put = MethodType.methodType(void.class, Slot.class, carrier);
            MethodHandle handle = Handles.virtual(SlotWriter.class, "put" + Kinds.methodSuffix(kind), put);
            handle = MethodHandles.insertArguments(handle, 1, slots.get(0));
            if (to != null) {
                handle = MethodHandles.filterArguments(handle, 1, Handles.function(to, type, carrier));
            }
            return MethodHandles.explicitCastArguments(
                    handle, MethodType.methodType(void.class, SlotWriter.class, type));
        }

        @Override
        public MethodHandle reader(int firstMember) {
            boolean objects = kind == FieldKind.COMPACT || kind == FieldKind.ARRAY_OF_COMPACT;
            MethodType get = kind == FieldKind.ARRAY_OF_COMPACT
                    ? MethodType.methodType(Object[].class, Slot.class, Class.class)
                    : objects
                            ? MethodType.methodType(Object.class, Slot.class, Class.class)
                            : MethodType.methodType(carrier, Slot.class);
            MethodHandle handle = Handles.virtual(SlotReader.class, "get" + Kinds.methodSuffix(kind), get);
            if (objects) {
                handle = MethodHandles.insertArguments(handle, 2, item);
            }
            MethodHandle member = MethodHandles.insertArguments(
                    Handles.virtual(SlotReader.class, "member", MethodType.methodType(Slot.class, int.class)),
                    1,
                    firstMember);
            handle = MethodHandles.permuteArguments(
                    handle, MethodType.methodType(handle.type().returnType(), Slot.class, SlotReader.class), 1, 0);
            handle = MethodHandles.foldArguments(handle, member);
            if (from != null) {
                handle = MethodHandles.filterReturnValue(handle, Handles.function(from, carrier, type));
            }
            return Handles.returning(handle, type);
        }
    }

    /**
     * Two fields.
     *
     * @param split makes {@link Halves} of a value, at one moment: it may be changing
     */
    record TwoFields(
            JavaType first,
            String firstSuffix,
            JavaType second,
            String secondSuffix,
            Class<?> type,
            Function<@Nullable Object, @Nullable Object> split,
            Pairing pairing)
            implements JavaType {

        @Override
        public JavaType named(String field) {
            Pairing unnamed = pairing;
            return new TwoFields(
                    first,
                    firstSuffix,
                    second,
                    secondSuffix,
                    type,
                    FieldValues.named("write", field, split),
                    (keys, values) -> FieldValues.named("read", field, any -> unnamed.of(keys, values))
                            .apply(null));
        }

        @Override
        public List<String> suffixes() {
            return List.of(firstSuffix, secondSuffix);
        }

        @Override
        public List<FieldKind> kinds() {
            List<FieldKind> kinds = new ArrayList<>(first.kinds());
            kinds.addAll(second.kinds());
            return kinds;
        }

        @Override
        public MethodHandle writer(List<Slot> slots) {
            MethodHandle both =
                    Handles.sequence(List.of(half(first, "first", slots.get(0)), half(second, "second", slots.get(1))));
            return MethodHandles.filterArguments(both, 1, Handles.function(split, type, Halves.class));
        }

        private static MethodHandle half(JavaType half, String part, Slot slot) {
            MethodHandle handle = half.writer(List.of(slot));
            MethodHandle accessor = Handles.virtual(Halves.class, part, MethodType.methodType(Object.class));
            return MethodHandles.filterArguments(
                    handle,
                    1,
                    accessor.asType(
                            accessor.type().changeReturnType(handle.type().parameterType(1))));
        }

        @Override
        public MethodHandle reader(int firstMember) {
            MethodHandle firsts = Handles.returning(first.reader(firstMember), Object.class);
            MethodHandle seconds = Handles.returning(second.reader(firstMember + 1), Object.class);
            MethodHandle both = Handles.interfaceMethod(
                    Pairing.class, "of", MethodType.methodType(Object.class, Object.class, Object.class), pairing);
            MethodHandle handle = MethodHandles.filterArguments(both, 0, firsts, seconds);
            handle =
                    MethodHandles.permuteArguments(handle, MethodType.methodType(Object.class, SlotReader.class), 0, 0);
            return Handles.returning(handle, type);
        }
    }
}
