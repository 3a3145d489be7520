// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.FieldDefinition;
import io.filbert.serialization.StreamSerializer;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the options about serialization must satisfy, as far as it shows without serializing anything. */
final class SerializationChecks {

    private static final Pattern CLASSES = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
            + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*(\\.\\*\\*?)?");

    private static final String OWN_CLASS = "a class of your own";
    private static final String WRAP = "objects of that class are stored without it; wrap them to write them otherwise";

    private final SerializationConfig config;
    private final Problems problems;

    private SerializationChecks(SerializationConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    static void check(SerializationConfig config, Problems problems) {
        SerializationChecks checks = new SerializationChecks(config, problems);
        problems.between(
                "maxDecompressedBytes",
                config.maxDecompressedBytes(),
                1,
                Integer.MAX_VALUE,
                "objects that were compressed less than 100 to 1 may be larger");
        problems.between(
                "portableVersion", config.portableVersion(), 0, Integer.MAX_VALUE, "0 is the usual first version");
        checks.factoryIds(
                "dataSerializableFactories", config.dataSerializableFactories().keySet());
        checks.factoryIds("portableFactories", config.portableFactories().keySet());
        checks.classDefinitions();
        checks.compactSerializers();
        checks.compactClasses();
        checks.streamSerializers();
        checks.javaSerialization();
    }

    private void factoryIds(String option, Set<Integer> ids) {
        for (int id : new TreeSet<>(ids)) {
            problems.between(
                    option + ": a factory id",
                    id,
                    1,
                    Integer.MAX_VALUE,
                    "the others belong to the members; give the classes and their factory another one");
        }
    }

    private void classDefinitions() {
        Map<List<Integer>, ClassDefinition> seen = new HashMap<>();
        for (ClassDefinition given : config.classDefinitions()) {
            ClassDefinition definition = withVersions(given);
            ClassDefinition other = seen.putIfAbsent(List.of(definition.factoryId(), definition.classId()), definition);
            if (other != null && !other.equals(definition)) {
                problems.addPlain(
                        "classDefinitions: class " + definition.classId() + " of factory " + definition.factoryId(),
                        "defined twice and not the same",
                        "defined once",
                        "keep the definition that this program writes; it learns those of others by reading");
            }
        }
    }

    /** A version below 0 is only another way to write the one of the client. */
    private ClassDefinition withVersions(ClassDefinition definition) {
        List<FieldDefinition> fields = definition.fields().stream()
                .map(field -> new FieldDefinition(
                        field.index(),
                        field.name(),
                        field.type(),
                        field.factoryId(),
                        field.classId(),
                        withVersion(field.version())))
                .toList();
        return new ClassDefinition(
                definition.factoryId(), definition.classId(), withVersion(definition.version()), fields);
    }

    private int withVersion(int version) {
        return version < 0 ? config.portableVersion() : version;
    }

    private void compactSerializers() {
        Map<Class<?>, CompactSerializer<?>> byClass = new HashMap<>();
        Map<String, CompactSerializer<?>> byName = new HashMap<>();
        for (CompactSerializer<?> serializer : config.compactSerializers()) {
            // User code may break its promise to return something.
            @Nullable Class<?> type = serializer.getCompactClass();
            @Nullable String typeName = serializer.getTypeName();
            if (type == null) {
                problems.addPlain(
                        "compactSerializers: the class of " + nameOf(serializer),
                        "null",
                        OWN_CLASS,
                        "return the class of the objects from getCompactClass()");
            } else {
                classOf(serializer, type, byClass.putIfAbsent(type, serializer));
            }
            if (typeName == null || typeName.isEmpty()) {
                problems.addPlain(
                        "compactSerializers: the type name of " + nameOf(serializer),
                        typeName == null ? "null" : "\"\"",
                        "a name",
                        "return the same one from getTypeName() in all programs that share the data");
            } else {
                CompactSerializer<?> other = byName.putIfAbsent(typeName, serializer);
                if (other != null) {
                    problems.addPlain(
                            "compactSerializers: the type name \"" + typeName + "\"",
                            "that of " + nameOf(other) + " and of " + nameOf(serializer),
                            "that of one serializer",
                            "give each class a type name of its own");
                }
            }
        }
    }

    private void classOf(CompactSerializer<?> serializer, Class<?> type, @Nullable CompactSerializer<?> other) {
        String option = "compactSerializers: the class of " + nameOf(serializer);
        if (BuiltInClasses.ALL.contains(type)) {
            problems.addPlain(option, type.getTypeName() + ", which has a built-in form", OWN_CLASS, WRAP);
        } else if (type.isInterface() || type.isArray() || type.isPrimitive()) {
            problems.addPlain(
                    option,
                    type.getTypeName() + ", of which there are no objects",
                    OWN_CLASS,
                    "subclasses are not looked at; give the exact class of the objects");
        } else if (Modifier.isAbstract(type.getModifiers()) && !type.isEnum()) {
            problems.addPlain(
                    option,
                    type.getTypeName() + ", which is abstract, so that no object is of just this class",
                    OWN_CLASS,
                    "subclasses are not looked at; register a serializer for each class of objects");
        } else if (other != null) {
            problems.addPlain(
                    option,
                    type.getTypeName() + ", which is that of " + nameOf(other) + " too",
                    "the class of one serializer",
                    "register one of them");
        }
    }

    private void compactClasses() {
        Set<Class<?>> withSerializer = new HashSet<>();
        config.compactSerializers().forEach(serializer -> withSerializer.add(serializer.getCompactClass()));
        for (Class<?> type : config.compactClasses()) {
            String obstacle = null;
            if (type.isArray() || type.isPrimitive()) {
                obstacle = "an array or a primitive type";
            } else if (type.isInterface()) {
                obstacle = "an interface";
            } else if (type.isEnum()) {
                obstacle = "an enum, whose constants other objects hold by their names";
            } else if (BuiltInClasses.ALL.contains(type)) {
                obstacle = "a class with a built-in form";
            } else if (isOfJdk(type)) {
                obstacle = "a class of the JDK, whose fields are not open";
            }
            if (obstacle != null) {
                problems.addPlain(
                        "compactClasses: " + type.getTypeName(),
                        obstacle,
                        "a record or " + OWN_CLASS,
                        "register the exact classes of the objects");
            } else if (withSerializer.contains(type)) {
                problems.addPlain(
                        "compactClasses: " + type.getTypeName(),
                        "the class of one of the compactSerializers too",
                        "in one of both",
                        "leave it to the serializer, or remove that");
            }
        }
    }

    private static boolean isOfJdk(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    private void streamSerializers() {
        Map<Integer, StreamSerializer<?>> byTypeId = new HashMap<>();
        List<Map.Entry<Class<?>, StreamSerializer<?>>> entries =
                new ArrayList<>(config.customSerializers().entrySet());
        entries.sort(Comparator.comparing(entry -> entry.getKey().getName()));
        for (Map.Entry<Class<?>, StreamSerializer<?>> entry : entries) {
            if (BuiltInClasses.ALL.contains(entry.getKey())) {
                problems.addPlain(
                        "customSerializers: " + entry.getKey().getTypeName(),
                        "a class with a built-in form",
                        OWN_CLASS,
                        WRAP);
            }
            typeId("customSerializers", entry.getValue(), byTypeId);
        }
        StreamSerializer<?> global = config.globalSerializer();
        if (global != null) {
            typeId("globalSerializer", global, byTypeId);
        }
    }

    private void typeId(String option, StreamSerializer<?> serializer, Map<Integer, StreamSerializer<?>> byTypeId) {
        int typeId = serializer.getTypeId();
        StreamSerializer<?> other = byTypeId.putIfAbsent(typeId, serializer);
        if (other == serializer) {
            return; // registered for another class too, and looked at then
        }
        String subject = option + ": the type id of " + nameOf(serializer);
        if (typeId <= 0) {
            problems.between(subject, typeId, 1, Integer.MAX_VALUE, "the others are of built-in forms");
        } else if (other != null) {
            problems.addPlain(
                    subject,
                    typeId + ", which is that of " + nameOf(other) + " too",
                    "the type id of one serializer",
                    "it is all that tells, on reading, which serializer wrote an object");
        }
    }

    private void javaSerialization() {
        Collection<String> patterns = config.javaSerializationAllowed();
        for (String pattern : patterns) {
            problems.require(
                    CLASSES.matcher(pattern).matches(),
                    "javaSerializationAllowed",
                    pattern,
                    "the name of a class, or of a package followed by .* or .**",
                    "write com.acme.Order, com.acme.Order$Line, com.acme.* or com.acme.**; anything finer needs"
                            + " javaSerializationFilter");
        }
        if (!patterns.isEmpty() && config.javaSerializationFilter() != null) {
            problems.addPlain(
                    "javaSerializationFilter",
                    "given together with javaSerializationAllowed",
                    "the only one of both",
                    "let the filter accept those classes");
        }
    }

    private static String nameOf(Object object) {
        return object.getClass().getName();
    }
}
