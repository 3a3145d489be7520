// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.vectors;

import static java.util.Objects.requireNonNull;

import com.hazelcast.core.Hazelcast;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * A release of the members with its tests jar. No release publishes the file of serialized reference objects itself, but each publishes the
 * objects and the program that writes the file, which is run here in a JVM of its own. A file is a list of entries: the name of the
 * entry as {@link DataInputStream#readUTF} reads it, the number of bytes or -1, and the bytes.
 */
final class Release {

    private static final String ROOM = "com.hazelcast.nio.serialization.compatibility.";
    private static final String GENERATOR = ROOM + "BinaryCompatibilityFileGenerator";
    private static final String FILE = "1.serialization.compatibility.binary";
    private static final int DEADLINE_SECONDS = 120;

    private final String version;
    private final List<Path> jars;
    private final ClassLoader classes;

    private Release(String version, List<Path> jars, ClassLoader classes) {
        this.version = version;
        this.jars = jars;
        this.classes = classes;
    }

    /** The one the tests run with, whose classes are theirs too. */
    static Release ofTheTests() {
        try {
            Class<?> generator = Class.forName(GENERATOR, false, Release.class.getClassLoader());
            Path tests = jarOf(generator);
            String name = requireNonNull(tests.getFileName()).toString();
            String version = name.substring("hazelcast-".length(), name.length() - "-tests.jar".length());
            return new Release(version, List.of(jarOf(Hazelcast.class), tests), Release.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those in a directory, each with classes of its own. */
    static List<Release> in(Path directory) throws IOException {
        List<Release> releases = new ArrayList<>();
        try (var files = Files.newDirectoryStream(directory, "hazelcast-*-tests.jar")) {
            for (Path tests : files) {
                String name = requireNonNull(tests.getFileName()).toString();
                String version = name.substring("hazelcast-".length(), name.length() - "-tests.jar".length());
                Path main = tests.resolveSibling("hazelcast-" + version + ".jar");
                URL[] urls = {main.toUri().toURL(), tests.toUri().toURL()};
                releases.add(new Release(
                        version, List.of(main, tests), new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())));
            }
        }
        return releases;
    }

    private static Path jarOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    String version() {
        return version;
    }

    ClassLoader classes() {
        return classes;
    }

    JarFile testsJar() throws IOException {
        return new JarFile(jars.get(1).toFile());
    }

    /** The reference objects, by the name they have in the file. */
    Map<String, @Nullable Object> objects() {
        try {
            Field field =
                    Class.forName(ROOM + "ReferenceObjects", true, classes).getDeclaredField("allTestObjects");
            field.setAccessible(true);
            Map<String, @Nullable Object> objects = new LinkedHashMap<>();
            for (Object object : (Object[]) requireNonNull(field.get(null))) {
                objects.put(object == null ? "NULL" : object.getClass().getSimpleName(), object);
            }
            return objects;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the reference objects of " + version, e);
        }
    }

    /** What the release writes of them. */
    List<Vector> vectors() {
        try {
            Path directory = Files.createTempDirectory("vectors-" + version + "-");
            try {
                generate(directory);
                return read(directory.resolve(FILE));
            } finally {
                try (var files = Files.list(directory)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the vectors of " + version, e);
        }
    }

    private void generate(Path directory) throws IOException {
        String classPath = jars.get(0) + File.pathSeparator + jars.get(1);
        Path output = directory.resolve("output");
        Process generator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath, GENERATOR)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!generator.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || generator.exitValue() != 0) {
                throw new IOException(GENERATOR + " did not do its work:\n" + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            generator.destroyForcibly();
        }
    }

    private List<Vector> read(Path file) throws IOException {
        List<Vector> vectors = new ArrayList<>();
        try (InputStream stream = Files.newInputStream(file)) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(stream, 1 << 16));
            for (int first = in.read(); first >= 0; first = in.read()) {
                byte[] name = in.readNBytes((first << 8) | in.read());
                vectors.add(vector(new String(name, StandardCharsets.UTF_8), in));
            }
        }
        return vectors;
    }

    /** The name is made of the version of the file, the class of the object and the byte order. */
    private Vector vector(String name, DataInputStream in) throws IOException {
        int dash = name.lastIndexOf('-');
        ByteOrder order =
                name.substring(dash + 1).equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        if (!name.startsWith("1-") || !name.endsWith(order.toString())) {
            throw new IOException("an entry with the name " + name);
        }
        int length = in.readInt();
        return new Vector(version, name.substring(2, dash), order, length < 0 ? null : in.readNBytes(length));
    }

    @Override
    public String toString() {
        return version;
    }
}
