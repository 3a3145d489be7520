// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.schema.Schema;
import io.filbert.serialization.FieldKind;
import io.filbert.serialization.GenericRecord;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words of the errors about fields and schemas. */
final class CompactErrors {

    private CompactErrors() {}

    static SerializationException unusableSchema(Schema schema, String what) {
        return new SerializationException("Cannot use the schema of type '" + schema.typeName() + "' with id "
                + schema.id() + ": it has " + what + ", which no object can be of. Whoever published it is damaged");
    }

    static SerializationException sameId(Schema schema, Schema known) {
        return new SerializationException("Cannot serialize an object of type '" + schema.typeName()
                + "': its schema has the id " + schema.id() + ", and so has that of type '" + known.typeName()
                + "'. Rename a field of one of them");
    }

    // ---- writing

    static SerializationException notInSchema(Schema schema, String name, FieldKind kind) {
        return new SerializationException(
                "Cannot write field '" + name + "' as " + kind + ": the first object of type '"
                        + schema.typeName() + "' had no such field, but " + fields(schema)
                        + ". Write the same fields for each object, a nullable kind where one may be absent");
    }

    static SerializationException writtenAs(Schema schema, String name, FieldKind kind, FieldKind known) {
        return new SerializationException("Cannot write field '" + name + "' of type '" + schema.typeName() + "' as "
                + kind + ": the first object had it as " + known
                + ". Write the same kinds for each object, a nullable kind where one may be null");
    }

    static SerializationException writtenTwice(String typeName, String name, FieldKind kind) {
        return new SerializationException("Field '" + name + "' of type '" + typeName
                + "' is written twice, the second time as " + kind + ". Give each field its own name");
    }

    static SerializationException notCompact(Class<?> type, String obstacle) {
        return new SerializationException("Cannot write an object of " + type.getName()
                + " into a compact object: it has no serializer in compactSerializers, and it cannot be written field by field: "
                + obstacle);
    }

    static SerializationException notWritten(Schema schema, List<Slot> missing) {
        return new SerializationException("An object of type '" + schema.typeName() + "' lacks "
                + missing.stream()
                        .map(slot -> "field '" + slot.name() + "' of kind " + slot.kind())
                        .collect(Collectors.joining(", "))
                + ", which the first object had. Write the same fields for each object, null where one is absent");
    }

    static SerializationException mixedItems(String name, String typeName, String first, String other) {
        return new SerializationException("Cannot write field '" + name + "' of type '" + typeName
                + "': the items of an array must be of one class, but there are " + first + " and " + other
                + ". Write them to several fields");
    }

    /** @param field and the class that it is of */
    static SerializationException inField(String verb, String field, String problem, RuntimeException cause) {
        return new SerializationException("Cannot " + verb + " " + field + ": " + problem, cause);
    }

    static SerializationException hasComparator(Object collection) {
        return new SerializationException(
                "it is a " + collection.getClass().getName()
                        + " with a comparator, and readers would sort it by the natural order of its items. "
                        + "Declare the field as a List or an unsorted Map, or register a CompactSerializer");
    }

    static SerializationException narrowed(Class<?> declared, Object value, String instead) {
        return new SerializationException("it is declared as " + declared.getName() + " and holds an object of "
                + value.getClass().getName() + ", which readers would get back as less than it is. Let the field hold "
                + instead + ", declare it as another type, or register a CompactSerializer");
    }

    // ---- reading

    static SerializationException unknownField(Schema schema, String name) {
        return new SerializationException("Cannot read field '" + name + "': the object of type '" + schema.typeName()
                + "' has " + fields(schema) + ". Ask getFieldKind first if not all objects have the field");
    }

    static SerializationException readAs(Schema schema, Slot slot, FieldKind kind) {
        return new SerializationException("Cannot read field '" + slot.name() + "' of type '" + schema.typeName()
                + "' as " + kind + ": it was written as " + slot.kind() + ". Call read"
                + Kinds.methodSuffix(slot.kind()) + ", or ask getFieldKind first");
    }

    /** As {@link #readAs}, where a class without serializer declares what it reads. */
    static SerializationException declaredAs(Schema schema, Slot slot, FieldKind kind) {
        return new SerializationException("Cannot read field '" + slot.name() + "' of type '" + schema.typeName()
                + "': the class declares it as " + kind + ", but it was written as " + slot.kind()
                + ". Declare it as it was written, or give the new field another name. Numbers can be declared as a larger type "
                + "that holds all of them; for anything else register a CompactSerializer, which can ask getFieldKind");
    }

    /** As {@link #unexpectedNull}, where a class without serializer declares what it reads. */
    static SerializationException nullWhereDeclaredPlain(Schema schema, Slot slot, FieldKind kind) {
        return new SerializationException("Cannot read field '" + slot.name() + "' of type '" + schema.typeName()
                + "': the class declares it as " + kind + ", but it " + isOrHolds(kind)
                + " null. Declare it as the type that can be null, such as Integer in place of int");
    }

    /** The class of the type name is there, but no object of it can be created. */
    static SerializationException cannotCreate(String typeName, String obstacle) {
        return new SerializationException("Cannot create an object of type '" + typeName
                + "': the class is there, but " + obstacle
                + ". To read such objects as GenericRecord instead, let compactTypeFilter refuse the name");
    }

    /** Code of the class or of its serializer failed. */
    static SerializationException creationFailed(String typeName, Throwable cause) {
        return new SerializationException("Cannot create an object of type '" + typeName + "': " + cause, cause);
    }

    static SerializationException wrongObject(
            Schema schema, Slot slot, Class<?> expected, Object value, String reason) {
        return new SerializationException("Cannot read field '" + slot.name() + "' of type '" + schema.typeName()
                + "' as " + expected.getName() + ": it holds an object of " + describe(value) + reason);
    }

    private static String isOrHolds(FieldKind kind) {
        return kind.name().startsWith("ARRAY_OF_") ? "holds" : "is";
    }

    static SerializationException unexpectedNull(Schema schema, Slot slot, FieldKind kind) {
        String nullable = (kind.name().startsWith("ARRAY_OF_") ? "ArrayOfNullable" : "Nullable")
                + Kinds.methodSuffix(kind).replace("ArrayOf", "");
        return new SerializationException("Cannot read field '" + slot.name() + "' of type '" + schema.typeName()
                + "' as " + kind + ": it " + isOrHolds(kind)
                + " null. Call read" + nullable);
    }

    static SerializationException wrongItem(
            Schema schema, Slot slot, Class<?> expected, Object item, String reason) {
        return new SerializationException("Cannot read field '" + slot.name() + "' of type '" + schema.typeName()
                + "' as an array of " + expected.getName() + ": an item is of " + describe(item) + reason);
    }

    /** What the class of an object is, and of which type if it has no class. */
    static String describe(Object object) {
        return object instanceof GenericRecord record
                ? "type '" + record.typeName() + "', read as GenericRecord"
                : object.getClass().getName();
    }

    static SerializationException conversion(String what, @Nullable Object value, @Nullable Throwable cause) {
        return new SerializationException("Cannot read '" + value + "' as " + what, cause);
    }

    private static String fields(Schema schema) {
        if (schema.fields().isEmpty()) {
            return "no fields";
        }
        return schema.fields().stream()
                .map(field -> "'" + field.name() + "' " + field.kind())
                .collect(Collectors.joining(", "));
    }
}
