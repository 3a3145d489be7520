// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.error.HazelcastException;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} has all errors, with what they answer. */
class ErrorsPageTest {

    private static final Path ERRORS = Path.of("../api/src/main/java/io/filbert/error");
    private static final Pattern ROW =
            Pattern.compile("\\| `(\\w+)` \\| [^|]+ \\| ([^|]+) \\| ([^|]+) \\|", Pattern.MULTILINE);

    @Test
    void page_table_hasEveryErrorAndItsAnswers() throws Exception {
        Map<String, List<String>> shown = new TreeMap<>();
        ROW.matcher(Files.readString(Path.of("../docs/errors.md")))
                .results()
                .forEach(row -> shown.put(row.group(1), List.of(row.group(2), row.group(3))));
        Map<String, List<String>> expected = new TreeMap<>();
        for (Class<? extends HazelcastException> type : errors()) {
            expected.put(type.getSimpleName(), answers(type));
        }

        assertThat(expected).hasSizeGreaterThan(10);
        assertThat(shown).isEqualTo(expected);
    }

    /** "retryable" and "indeterminate" as the page words them. */
    private static List<String> answers(Class<? extends HazelcastException> type) throws Exception {
        List<Class<?>> parameters = Arrays.stream(type.getConstructors())
                .map(Constructor::getParameterTypes)
                .min((a, b) -> a.length - b.length)
                .map(List::of)
                .orElseThrow();
        if (parameters.contains(int.class)) {
            return List.of("by its code", "by its code");
        }
        HazelcastException error = make(type, parameters, false);
        if (parameters.contains(boolean.class)) {
            assertThat(error.isIndeterminate()).isFalse();
            HazelcastException sent = make(type, parameters, true);
            assertThat(sent.isIndeterminate()).isTrue();
            assertThat(sent.isRetryable()).isFalse();
            return List.of(error.isRetryable() ? "if nothing was sent" : "no", "if a request was sent");
        }
        return List.of(word(error.isRetryable()), word(error.isIndeterminate()));
    }

    private static HazelcastException make(
            Class<? extends HazelcastException> type, List<Class<?>> parameters, boolean flag) throws Exception {
        Object[] arguments = parameters.stream()
                .map(parameter -> {
                    if (parameter == boolean.class) {
                        return flag;
                    }
                    if (parameter == Throwable.class) {
                        return new IOException("cause");
                    }
                    return parameter == List.class ? List.of("problem") : "message";
                })
                .toArray();
        return type.getConstructor(parameters.toArray(Class<?>[]::new)).newInstance(arguments);
    }

    private static String word(boolean answer) {
        return answer ? "yes" : "no";
    }

    private static List<Class<? extends HazelcastException>> errors() throws IOException {
        try (Stream<Path> files = Files.list(ERRORS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Exception.java"))
                    .<Class<? extends HazelcastException>>map(ErrorsPageTest::load)
                    .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                    .toList();
        }
    }

    private static Class<? extends HazelcastException> load(String fileName) {
        String name = "io.filbert.error." + fileName.replace(".java", "");
        try {
            return Class.forName(name).asSubclass(HazelcastException.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
