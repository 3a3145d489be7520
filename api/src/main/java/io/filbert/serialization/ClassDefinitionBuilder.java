// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import io.filbert.error.SerializationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the {@link ClassDefinition} of a {@link Portable} class, to be registered with {@code classDefinitions}. The fields are
 * those that {@link Portable#writePortable} writes, in the same order.
 *
 * <p>Every method that adds a field throws {@link SerializationException} if there is a field with that name already, if the name
 * is not ASCII or too long, or if the definition has been built. Not thread-safe.
 */
public final class ClassDefinitionBuilder {

    private final int factoryId;
    private final int classId;
    private final int version;
    private final List<FieldDefinition> fields = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private boolean built;

    /** Of the version the client is configured with ({@code portableVersion}). */
    public ClassDefinitionBuilder(int factoryId, int classId) {
        this(factoryId, classId, -1);
    }

    /**
     * Of a version of its own.
     *
     * @param version as {@link Portable#getClassVersion} gives it; below 0 it stands for the client's {@code portableVersion}
     */
    public ClassDefinitionBuilder(int factoryId, int classId, int version) {
        this.factoryId = factoryId;
        this.classId = classId;
        this.version = version;
    }

    /** Adds a field for a number of 8 bits. */
    public ClassDefinitionBuilder addByteField(String name) {
        return add(name, FieldType.BYTE);
    }

    /** Adds a field for a boolean. */
    public ClassDefinitionBuilder addBooleanField(String name) {
        return add(name, FieldType.BOOLEAN);
    }

    /** Adds a field for a character. */
    public ClassDefinitionBuilder addCharField(String name) {
        return add(name, FieldType.CHAR);
    }

    /** Adds a field for a number of 16 bits. */
    public ClassDefinitionBuilder addShortField(String name) {
        return add(name, FieldType.SHORT);
    }

    /** Adds a field for a number of 32 bits. */
    public ClassDefinitionBuilder addIntField(String name) {
        return add(name, FieldType.INT);
    }

    /** Adds a field for a number of 64 bits. */
    public ClassDefinitionBuilder addLongField(String name) {
        return add(name, FieldType.LONG);
    }

    /** Adds a field for a floating-point number of 32 bits. */
    public ClassDefinitionBuilder addFloatField(String name) {
        return add(name, FieldType.FLOAT);
    }

    /** Adds a field for a floating-point number of 64 bits. */
    public ClassDefinitionBuilder addDoubleField(String name) {
        return add(name, FieldType.DOUBLE);
    }

    /** Adds a field for a text, or null. */
    public ClassDefinitionBuilder addStringField(String name) {
        return add(name, FieldType.STRING);
    }

    /** Adds a field for a decimal number, or null. */
    public ClassDefinitionBuilder addDecimalField(String name) {
        return add(name, FieldType.DECIMAL);
    }

    /** Adds a field for a time of day, or null. */
    public ClassDefinitionBuilder addTimeField(String name) {
        return add(name, FieldType.TIME);
    }

    /** Adds a field for a date, or null. */
    public ClassDefinitionBuilder addDateField(String name) {
        return add(name, FieldType.DATE);
    }

    /** Adds a field for a date and time, or null. */
    public ClassDefinitionBuilder addTimestampField(String name) {
        return add(name, FieldType.TIMESTAMP);
    }

    /** Adds a field for a date and time with an offset, or null. */
    public ClassDefinitionBuilder addTimestampWithTimezoneField(String name) {
        return add(name, FieldType.TIMESTAMP_WITH_TIMEZONE);
    }

    /** Adds a field for an array of numbers of 8 bits, or null. */
    public ClassDefinitionBuilder addByteArrayField(String name) {
        return add(name, FieldType.BYTE_ARRAY);
    }

    /** Adds a field for an array of booleans, or null. */
    public ClassDefinitionBuilder addBooleanArrayField(String name) {
        return add(name, FieldType.BOOLEAN_ARRAY);
    }

    /** Adds a field for an array of characters, or null. */
    public ClassDefinitionBuilder addCharArrayField(String name) {
        return add(name, FieldType.CHAR_ARRAY);
    }

    /** Adds a field for an array of numbers of 16 bits, or null. */
    public ClassDefinitionBuilder addShortArrayField(String name) {
        return add(name, FieldType.SHORT_ARRAY);
    }

    /** Adds a field for an array of numbers of 32 bits, or null. */
    public ClassDefinitionBuilder addIntArrayField(String name) {
        return add(name, FieldType.INT_ARRAY);
    }

    /** Adds a field for an array of numbers of 64 bits, or null. */
    public ClassDefinitionBuilder addLongArrayField(String name) {
        return add(name, FieldType.LONG_ARRAY);
    }

    /** Adds a field for an array of floating-point numbers of 32 bits, or null. */
    public ClassDefinitionBuilder addFloatArrayField(String name) {
        return add(name, FieldType.FLOAT_ARRAY);
    }

    /** Adds a field for an array of floating-point numbers of 64 bits, or null. */
    public ClassDefinitionBuilder addDoubleArrayField(String name) {
        return add(name, FieldType.DOUBLE_ARRAY);
    }

    /** Adds a field for an array of texts, or null. */
    public ClassDefinitionBuilder addStringArrayField(String name) {
        return add(name, FieldType.STRING_ARRAY);
    }

    /** Adds a field for an array of decimal numbers, or null. */
    public ClassDefinitionBuilder addDecimalArrayField(String name) {
        return add(name, FieldType.DECIMAL_ARRAY);
    }

    /** Adds a field for an array of times of day, or null. */
    public ClassDefinitionBuilder addTimeArrayField(String name) {
        return add(name, FieldType.TIME_ARRAY);
    }

    /** Adds a field for an array of dates, or null. */
    public ClassDefinitionBuilder addDateArrayField(String name) {
        return add(name, FieldType.DATE_ARRAY);
    }

    /** Adds a field for an array of dates with times, or null. */
    public ClassDefinitionBuilder addTimestampArrayField(String name) {
        return add(name, FieldType.TIMESTAMP_ARRAY);
    }

    /** Adds a field for an array of dates and times with offsets, or null. */
    public ClassDefinitionBuilder addTimestampWithTimezoneArrayField(String name) {
        return add(name, FieldType.TIMESTAMP_WITH_TIMEZONE_ARRAY);
    }

    /**
     * Adds a field for a nested object, or null. Of the definition only the ids and the version are kept, so it must be registered too;
     * a class that nests itself may give one without fields.
     *
     * @throws IllegalArgumentException if the nested class has the id 0
     */
    public ClassDefinitionBuilder addPortableField(String name, ClassDefinition definition) {
        return addNested(name, FieldType.PORTABLE, definition);
    }

    /** Adds a field for an array of nested objects, or null; else as {@link #addPortableField}. */
    public ClassDefinitionBuilder addPortableArrayField(String name, ClassDefinition definition) {
        return addNested(name, FieldType.PORTABLE_ARRAY, definition);
    }

    /** The definition; no field can be added after this call. */
    public ClassDefinition build() {
        built = true;
        return new ClassDefinition(factoryId, classId, version, fields);
    }

    private ClassDefinitionBuilder addNested(String name, FieldType type, ClassDefinition nested) {
        if (nested.classId() == 0) {
            throw new IllegalArgumentException("The field \"" + name + "\" of " + this
                    + " nests a class with the id 0, which no portable class can have. Give that class another id");
        }
        return add(name, type, nested.factoryId(), nested.classId(), nested.version());
    }

    private ClassDefinitionBuilder add(String name, FieldType type) {
        return add(name, type, 0, 0, 0);
    }

    private ClassDefinitionBuilder add(
            String name, FieldType type, int nestedFactoryId, int nestedClassId, int nestedVersion) {
        if (built) {
            throw new SerializationException("Cannot add the field \"" + name + "\" to " + this
                    + ": the definition has been built. Add all fields before build()");
        }
        FieldDefinition field =
                new FieldDefinition(fields.size(), name, type, nestedFactoryId, nestedClassId, nestedVersion);
        if (!names.add(name)) {
            throw new SerializationException("Cannot add the field \"" + name + "\" to " + this
                    + ": it has a field with that name already. Give each field a name of its own");
        }
        fields.add(field);
        return this;
    }

    /** Names the class. */
    @Override
    public String toString() {
        return "portable class " + classId + " of factory " + factoryId + (version < 0 ? "" : ", version " + version);
    }
}
