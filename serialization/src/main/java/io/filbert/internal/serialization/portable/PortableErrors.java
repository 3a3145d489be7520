// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import io.filbert.error.SerializationException;
import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.FieldDefinition;
import io.filbert.serialization.FieldType;
import org.jspecify.annotations.Nullable;

/** The words of the errors about portable objects. Each names the class and the field, and what to change. */
final class PortableErrors {

    private static final String RAISE_VERSION =
            "Whenever the fields of a portable class change, its getClassVersion() (or the option portableVersion) must change too";

    private PortableErrors() {}

    static String name(int factoryId, int classId, int version) {
        return "portable class " + classId + " of factory " + factoryId + ", version " + version;
    }

    static String name(ClassDefinition definition) {
        return name(definition.factoryId(), definition.classId(), definition.version());
    }

    private static String field(String name, ClassDefinition definition) {
        return "the field \"" + name + "\" of " + name(definition);
    }

    private static String words(FieldDefinition field) {
        String text = "\"" + field.name() + "\" (" + field.type();
        boolean nested = field.type() == FieldType.PORTABLE || field.type() == FieldType.PORTABLE_ARRAY;
        return text + (nested ? " of class " + field.classId() + " of factory " + field.factoryId() : "") + ")";
    }

    // ---- definitions

    static SerializationException conflict(
            ClassDefinition definition, @Nullable FieldDefinition known, @Nullable FieldDefinition other) {
        int index = known != null ? known.index() : other != null ? other.index() : 0;
        return new SerializationException(
                "Two different definitions of " + name(definition) + ": field " + index
                        + " is " + (known == null ? "missing" : words(known)) + " in the one known already and "
                        + (other == null ? "missing" : words(other)) + " in the other one. " + RAISE_VERSION
                        + ". If the definition is registered with classDefinitions, give it the fields that writePortable writes");
    }

    static SerializationException secondVersion(int factoryId, int classId, int own, int version) {
        return new SerializationException("Portable class " + classId + " of factory " + factoryId
                + " has given the versions " + own + " and " + version
                + ", but one client can have only one version of a class. Let getClassVersion() of all its objects return the"
                + " same number, and give different classes different class ids");
    }

    static SerializationException classIdZero(Object object, int factoryId) {
        return new SerializationException("Cannot serialize an object of "
                + object.getClass().getName() + ": its portable class id in factory " + factoryId
                + " is 0. Let getClassId() return another number, and have the factory in portableFactories know it");
    }

    // ---- fields

    static SerializationException unknownField(String name, ClassDefinition definition) {
        return new SerializationException("There is no field \"" + name + "\" in " + name(definition)
                + ", whose fields are " + fieldNames(definition) + ". " + RAISE_VERSION
                + "; a definition registered with classDefinitions must have all fields");
    }

    private static String fieldNames(ClassDefinition definition) {
        int most = 50;
        StringBuilder names = new StringBuilder();
        for (FieldDefinition field : definition.fields()) {
            if (field.index() == most) {
                return names + " and " + (definition.fields().size() - most) + " more";
            }
            names.append(names.length() == 0 ? "" : ", ").append(field.name());
        }
        return names.length() == 0 ? "none" : names.toString();
    }

    static SerializationException wrongType(
            String name, ClassDefinition definition, FieldType wanted, FieldType defined, String verb) {
        return new SerializationException("Cannot " + verb + " " + field(name, definition) + " as " + wanted
                + ": it is " + defined + ". Use the method for " + defined
                + ", or give the field of the new type another name. "
                + RAISE_VERSION);
    }

    static SerializationException ended(String name, ClassDefinition definition, String verb, String after) {
        return new SerializationException("Cannot " + verb + " " + field(name, definition) + " after " + after
                + ". Do all named fields first, inside the call that hands out the " + verb + "er");
    }

    // ---- writing

    static SerializationException writtenTwice(String name, ClassDefinition definition) {
        return new SerializationException(
                "Cannot write " + field(name, definition) + " a second time. Write each field once");
    }

    static SerializationException notWritten(String name, ClassDefinition definition) {
        return new SerializationException("The object did not write " + field(name, definition)
                + ". writePortable must write all fields of the definition, null or not, which are "
                + fieldNames(definition) + ". " + RAISE_VERSION);
    }

    static SerializationException nullWithoutDefinition(String field, String classId) {
        return new SerializationException("Cannot write null or no object at all into the field \"" + field
                + "\" of portable class " + classId + ", because the class of the field is not known yet. Use "
                + "writeNullPortable(name, factoryId, classId) for a single null, or register the definition of the class with "
                + "classDefinitions");
    }

    static SerializationException nullOfUnknownClass(String field, String outer, int factoryId, int classId) {
        return new SerializationException(
                "Cannot write null into the field \"" + field + "\" of portable class " + outer
                        + ": the nested portable class " + classId + " of factory " + factoryId
                        + " is not known yet. Register its definition with classDefinitions, or write an object of it before");
    }

    static SerializationException nullItem(String name, String classId) {
        return new SerializationException("Cannot write an array with a null in it into the field \"" + name
                + "\" of portable class " + classId + ". Leave the null out, or write an object that stands for it");
    }

    static SerializationException mixedArray(
            String name, String outer, FieldDefinition first, int factoryId, int classId) {
        return new SerializationException("Cannot write objects of different classes into the array \"" + name
                + "\" of portable class " + outer + ": class " + first.classId() + " of factory " + first.factoryId()
                + " and class " + classId + " of factory " + factoryId + ". Use one array for each class");
    }

    static SerializationException yearOutOfRange(String name, ClassDefinition definition, int year) {
        return new SerializationException("Cannot write the year " + year + " into " + field(name, definition)
                + ": portable dates have years from " + Short.MIN_VALUE + " to " + Short.MAX_VALUE
                + ". Use another type for the field, such as a text or a number");
    }

    static SerializationException writeFailed(Object object, ClassDefinition definition, Throwable cause) {
        return writeFailed(object, name(definition), cause);
    }

    static SerializationException writeFailed(Object object, String name, Throwable cause) {
        return new SerializationException(
                "Cannot serialize an object of " + object.getClass().getName() + ", " + name
                        + ", because its writePortable failed: " + cause,
                cause);
    }

    // ---- both

    static SerializationException otherClass(
            String verb, FieldDefinition field, ClassDefinition definition, int factoryId, int classId) {
        return new SerializationException("Cannot " + verb + " an object of portable class " + classId + " of factory "
                + factoryId + " in " + field(field.name(), definition) + ", which holds class " + field.classId()
                + " of factory " + field.factoryId() + ". Use another field for another class. " + RAISE_VERSION);
    }

    // ---- reading

    static SerializationException noFactory(int factoryId, int classId, int version, String registered) {
        return new SerializationException("Cannot deserialize " + name(factoryId, classId, version)
                + ": no factory is registered under " + factoryId + ", only under " + registered
                + ". Register one with portableFactories");
    }

    static SerializationException noClass(int factoryId, int classId, int version, Object factory) {
        return new SerializationException("Cannot deserialize " + name(factoryId, classId, version) + ": the factory "
                + factory.getClass().getName() + " made no object of that class. Let its create(" + classId
                + ") return one; factories are registered with portableFactories");
    }

    static SerializationException nullParent(String name, String path, ClassDefinition definition) {
        return new SerializationException("Cannot read \"" + path + "\": " + field(name, definition)
                + " is null. Read the nested object first and look whether it is there");
    }

    static SerializationException readFailed(int factoryId, int classId, int version, Throwable cause) {
        return new SerializationException(
                "Cannot deserialize " + name(factoryId, classId, version) + ": " + cause, cause);
    }

    /** The end of a message about bytes that contradict the definition. */
    static String otherFields(ClassDefinition definition) {
        return "but the definition of " + name(definition) + " known here has " + fieldNames(definition) + ". "
                + RAISE_VERSION + ": it seems that somebody writes other fields under the same version";
    }
}
