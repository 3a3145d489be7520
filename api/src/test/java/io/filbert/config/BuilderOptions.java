// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options that a builder has, as far as reflection shows them. */
final class BuilderOptions {

    private BuilderOptions() {}

    static Stream<Method> of(Class<?> builder) {
        return Arrays.stream(builder.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !method.getName().equals("build"));
    }

    static Set<String> names(Class<?> builder) {
        return of(builder).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }
}
