// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import io.filbert.codegen.Schema.CustomType;
import io.filbert.codegen.Schema.Field;
import io.filbert.codegen.Schema.Message;
import io.filbert.codegen.Schema.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which methods of the schema to generate code for. */
public enum Part {
    /** What the client sends and receives, and all types but those that only other methods use. */
    SHIPPED,
    /** The methods marked {@code tests-only}, and the types that only they use. */
    TESTS_ONLY,
    ALL;

    List<Method> methods(Schema schema) {
        return schema.methods().stream()
                .filter(method -> this == ALL || method.shipped() == (this == SHIPPED))
                .toList();
    }

    List<CustomType> types(Schema schema) {
        Set<String> shipped = typesOf(SHIPPED.methods(schema), schema.types());
        Set<String> others = typesOf(TESTS_ONLY.methods(schema), schema.types());
        others.removeAll(shipped);
        return schema.types().values().stream()
                .filter(type -> this == ALL || others.contains(type.name()) == (this == TESTS_ONLY))
                .toList();
    }

    private static Set<String> typesOf(List<Method> methods, Map<String, CustomType> types) {
        Set<String> found = new LinkedHashSet<>();
        methods.stream()
                .flatMap(method ->
                        Stream.concat(Stream.of(method.request(), method.response()), method.events().stream()))
                .map(Message::fields)
                .forEach(fields -> collect(fields, types, found));
        return found;
    }

    private static void collect(List<Field> fields, Map<String, CustomType> types, Set<String> found) {
        fields.forEach(field -> collect(field.type(), types, found));
    }

    private static void collect(Type type, Map<String, CustomType> types, Set<String> found) {
        type.arguments().forEach(argument -> collect(argument, types, found));
        CustomType custom = types.get(type.name());
        if (custom != null && found.add(type.name())) {
            collect(custom.fields(), types, found);
        }
    }

    static Part of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static String words() {
        return Stream.of(values())
                .map(part -> part.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining("|"));
    }
}
