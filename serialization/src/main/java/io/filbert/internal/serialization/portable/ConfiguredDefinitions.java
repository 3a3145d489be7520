// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.portable;

import io.filbert.config.SerializationConfig;
import io.filbert.error.ConfigurationException;
import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.FieldDefinition;
import io.filbert.serialization.FieldType;
import java.util.ArrayList;
import java.util.List;

/**
 * The class definitions of the configuration, which has found them free of contradictions: made complete, then registered. Not
 * thread-safe.
 */
final class ConfiguredDefinitions {

    private final int portableVersion;
    private final boolean nestedMustBeDefined;
    private final List<ClassDefinition> definitions = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    ConfiguredDefinitions(SerializationConfig config) {
        portableVersion = config.portableVersion();
        nestedMustBeDefined = config.checkClassDefinitionErrors();
        config.classDefinitions().forEach(definition -> definitions.add(withVersion(definition)));
        definitions.forEach(this::check);
    }

    void registerIn(ClassDefinitions target) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        definitions.forEach(target::register);
    }

    private ClassDefinition withVersion(ClassDefinition definition) {
        List<FieldDefinition> fields = new ArrayList<>();
        for (FieldDefinition field : definition.fields()) {
            fields.add(new FieldDefinition(
                    field.index(),
                    field.name(),
                    field.type(),
                    field.factoryId(),
                    field.classId(),
                    withVersion(field.version())));
        }
        return new ClassDefinition(
                definition.factoryId(), definition.classId(), withVersion(definition.version()), fields);
    }

    private int withVersion(int version) {
        return version < 0 ? portableVersion : version;
    }

    private void check(ClassDefinition definition) {
        if (definition.classId() == 0) {
            problems.add("classDefinitions has " + PortableErrors.name(definition)
                    + ", but a class id must not be 0: give the class another id");
        }
        if (!nestedMustBeDefined) {
            return;
        }
        for (FieldDefinition field : definition.fields()) {
            boolean nests = field.type() == FieldType.PORTABLE || field.type() == FieldType.PORTABLE_ARRAY;
            if (nests && definitions.stream().noneMatch(other -> isClass(other, field.factoryId(), field.classId()))) {
                problems.add(
                        "classDefinitions has no portable class " + field.classId() + " of factory "
                                + field.factoryId() + ", which is nested in the field \"" + field.name() + "\" of "
                                + PortableErrors.name(definition)
                                + ": add its definition, or let its first object define it with checkClassDefinitionErrors(false)");
            }
        }
    }

    private static boolean isClass(ClassDefinition definition, int factoryId, int classId) {
        return definition.factoryId() == factoryId && definition.classId() == classId;
    }
}
