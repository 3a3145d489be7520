// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each case in classes, or modules, of its own: what is on the path of the program decides. */
class JsonMappersTest {

    private static final Path OURS = home(HazelcastJsonValue.class);
    private static final Path TESTS = home(JsonMappersTest.class);
    private static final List<Path> JACKSON =
            List.of(home(ObjectMapper.class), home(JsonProcessingException.class), home(JsonCreator.class));

    @Test
    void classPath_withoutJackson_errorNamesTheDependency() throws Exception {
        try (URLClassLoader program = classPath(List.of(OURS))) {
            assertThatThrownBy(() -> json(program, Map.of("a", 1)))
                    .asString()
                    .startsWith("io.filbert.error.SerializationException: Cannot turn objects into JSON texts");
            assertThatThrownBy(() -> json(program, Map.of("a", 1)))
                    .hasMessageContaining("com.fasterxml.jackson.core:jackson-databind")
                    .hasMessageContaining(JsonMapper.class.getName())
                    .hasCauseInstanceOf(NoClassDefFoundError.class);
        }
    }

    @Test
    void classPath_withJackson_usesIt() throws Exception {
        List<Path> path = new ArrayList<>(JACKSON);
        path.add(OURS);
        try (URLClassLoader program = classPath(path)) {
            assertThat(json(program, Map.of("a", 1))).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void classPath_mapperOfTheProgram_comesFirst(@TempDir Path directory) throws Exception {
        List<Path> path = new ArrayList<>(JACKSON);
        path.addAll(List.of(OURS, TESTS, service(directory)));
        try (URLClassLoader program = classPath(path)) {
            assertThat(json(program, "a")).isEqualTo("mapped: a");
        }
    }

    @Test
    void mapperThatOnlyTheThreadKnows_isFound(@TempDir Path directory) throws Exception {
        try (URLClassLoader library = classPath(List.of(OURS));
                URLClassLoader program = new URLClassLoader(urls(List.of(TESTS, service(directory))), library)) {
            assertThat(json(library, program, "a")).isEqualTo("mapped: a");
        }
    }

    /** Guards against the mapper of one application that serves, and stays in memory, for all others. */
    @Test
    void twoPrograms_eachUsesItsOwnMapper(@TempDir Path directory) throws Exception {
        List<Path> path = new ArrayList<>(JACKSON);
        path.add(OURS);
        try (URLClassLoader library = classPath(path);
                URLClassLoader program = new URLClassLoader(urls(List.of(TESTS, service(directory))), library)) {
            assertThat(json(library, program, "a")).isEqualTo("mapped: a");
            assertThat(json(library, library, "a")).isEqualTo("\"a\"");
            assertThat(json(library, program, "a")).isEqualTo("mapped: a");
        }
    }

    @Test
    void modulePath_withoutJackson_errorNamesTheDependency() throws Exception {
        ClassLoader program = modulePath(List.of(OURS), Set.of("io.filbert.api"));

        assertThatThrownBy(() -> json(program, Map.of("a", 1)))
                .hasMessageContaining("com.fasterxml.jackson.core:jackson-databind")
                .hasMessageContaining("--add-modules");
        assertThat(program.loadClass(HazelcastJsonValue.class.getName())
                        .getModule()
                        .isNamed())
                .isTrue();
    }

    @Test
    void modulePath_withJackson_usesIt() throws Exception {
        List<Path> path = new ArrayList<>(JACKSON);
        path.add(OURS);
        ClassLoader program = modulePath(path, Set.of("io.filbert.api", "com.fasterxml.jackson.databind"));

        assertThat(json(program, Map.of("a", 1))).isEqualTo("{\"a\":1}");
    }

    @Test
    void modulePath_mapperOfTheProgram_comesFirst(@TempDir Path directory) throws Exception {
        ClassLoader library = modulePath(List.of(OURS), Set.of("io.filbert.api"));
        try (URLClassLoader program = new URLClassLoader(urls(List.of(TESTS, service(directory))), library)) {
            assertThat(json(library, program, "a")).isEqualTo("mapped: a");
        }
    }

    /** What a program might provide. */
    public static final class OfProgram implements JsonMapper {

        @Override
        public String toJson(Object value) {
            return "mapped: " + value;
        }

        @Override
        public <T> @Nullable T fromJson(String json, Class<T> type) {
            return null;
        }
    }

    private static Path service(Path directory) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(JsonMapper.class.getName()), OfProgram.class.getName());
        return directory;
    }

    private static URLClassLoader classPath(List<Path> path) {
        return new URLClassLoader(urls(path), ClassLoader.getPlatformClassLoader());
    }

    private static ClassLoader modulePath(List<Path> path, Set<String> roots) {
        ModuleLayer parent = ModuleLayer.boot();
        Configuration configuration =
                parent.configuration().resolve(ModuleFinder.of(path.toArray(Path[]::new)), ModuleFinder.of(), roots);
        return ModuleLayer.defineModulesWithOneLoader(
                        configuration, List.of(parent), ClassLoader.getPlatformClassLoader())
                .layer()
                .findLoader("io.filbert.api");
    }

    private static String json(ClassLoader library, Object value) throws Exception {
        return json(library, library, value);
    }

    /** {@code HazelcastJsonValue.of(value).toString()} of those classes, on a thread that sees the program's. */
    private static String json(ClassLoader library, ClassLoader program, Object value) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(program);
        try {
            return String.valueOf(library.loadClass(HazelcastJsonValue.class.getName())
                    .getMethod("of", Object.class)
                    .invoke(null, value));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] urls(List<Path> path) {
        return path.stream().map(JsonMappersTest::url).toArray(URL[]::new);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
