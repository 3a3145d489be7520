// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.FieldDefinition;
import io.filbert.serialization.FieldType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes class definitions from an object of a class and version not seen before. Whatever is looked at is paid for from a budget of as
 * many bytes as the object has, which is enough for every object whose parts do not overlap. Not thread-safe.
 */
final class DefinitionDiscovery {

    /** In front of the body of a nested object: whether it is null, factory, class. */
    private static final int NESTED_HEADER_SIZE = 1 + 2 * Integer.BYTES;

    /** In front of the positions of nested objects in an array: length, factory, class. */
    private static final int ARRAY_HEADER_SIZE = 3 * Integer.BYTES;

    private final PortableForm form;
    private final DataReader in;
    private int budget;

    DefinitionDiscovery(PortableForm form, DataReader in, Body body) {
        this.form = form;
        this.in = in;
        this.budget = body.end - in.position();
    }

    /** The definition that describes the object, registered; and those of the objects in it. The cursor stays. */
    Layout discover(Body body) {
        pay(body.firstField - in.position(), in.position());
        List<FieldDefinition> fields = new ArrayList<>();
        boolean complete = true;
        for (int i = 0; i < body.fieldCount; i++) {
            FieldDefinition field = field(body, i);
            fields.add(field);
            complete &= field.version() >= 0;
        }
        return form.definitions.discover(define(body, fields), complete);
    }

    private ClassDefinition define(Body body, List<FieldDefinition> fields) {
        try {
            return new ClassDefinition(body.factoryId, body.classId, body.version, fields);
        } catch (SerializationException e) {
            throw in.malformed(in.position(), String.valueOf(e.getMessage()), e);
        }
    }

    private FieldDefinition field(Body body, int index) {
        int at = body.position(index);
        int nameLength = in.shortAt(at);
        if (nameLength < 0) {
            throw in.malformed(
                    at, "the name of field " + index + " of " + body.name() + " has a negative length", null);
        }
        int value = at + Short.BYTES + nameLength + 1;
        pay(value - at, at);
        String name = in.asciiAt(at + Short.BYTES, nameLength);
        byte typeId = in.byteAt(value - 1);
        FieldType type = type(typeId);
        if (type == null) {
            throw in.malformed(
                    value - 1,
                    "the field \"" + name + "\" of " + body.name() + " cannot be of the type " + typeId,
                    null);
        }
        return switch (type) {
            case PORTABLE ->
                nested(index, name, type, value + 1, in.byteAt(value) != 0 ? -1 : value + NESTED_HEADER_SIZE);
            case PORTABLE_ARRAY ->
                nested(
                        index,
                        name,
                        type,
                        value + Integer.BYTES,
                        in.intAt(value) <= 0 ? -1 : in.intAt(value + ARRAY_HEADER_SIZE));
            default -> new FieldDefinition(index, name, type, 0, 0, 0);
        };
    }

    private static @Nullable FieldType type(int id) {
        return id < 0 || id > FieldType.TIMESTAMP_WITH_TIMEZONE_ARRAY.id() ? null : FieldType.of(id);
    }

    /**
     * @param ids where factory and class stand
     * @param bodyAt where the first object starts; -1 if there is none, and then the version of its class may stay unknown (-1)
     */
    private FieldDefinition nested(int index, String name, FieldType type, int ids, int bodyAt) {
        int factoryId = in.intAt(ids);
        int classId = in.intAt(ids + Integer.BYTES);
        int version;
        if (bodyAt < 0) {
            Layout known = form.definitions.findAny(factoryId, classId, form.portableVersion);
            version = known == null ? -1 : known.definition.version();
        } else {
            version = versionAt(bodyAt, factoryId, classId);
        }
        return new FieldDefinition(index, name, type, factoryId, classId, version);
    }

    private int versionAt(int bodyAt, int factoryId, int classId) {
        int outer = in.position();
        in.seek(bodyAt);
        Body body = new Body(in, factoryId, classId);
        if (form.definitions.find(factoryId, classId, body.version) == null) {
            in.descend();
            discover(body);
            in.ascend();
        }
        in.seek(outer);
        return body.version;
    }

    private void pay(int bytes, int at) {
        budget -= bytes;
        if (budget < 0) {
            throw in.malformed(at, "the parts of a portable object overlap", null);
        }
    }
}
