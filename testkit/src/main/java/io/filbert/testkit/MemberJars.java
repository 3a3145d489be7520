// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the jars of a Hazelcast release on this machine; it never downloads. Stateless. */
final class MemberJars {

    static final String DIRECTORY_PROPERTY = "filbert.testkit.members";

    private MemberJars() {}

    /** The jar of {@code com.hazelcast:artifact:version}, or an error that says how to get it. */
    static Path find(String artifact, String version) {
        String fileName = artifact + "-" + version + ".jar";
        List<Path> candidates = new ArrayList<>();
        String directory = System.getProperty(DIRECTORY_PROPERTY);
        if (directory != null) {
            candidates.add(Path.of(directory, fileName));
        }
        candidates.addAll(onClassPath(fileName));
        for (Path repository : localRepositories()) {
            candidates.add(repository.resolve(Path.of("com", "hazelcast", artifact, version, fileName)));
        }
        for (Path candidate : candidates) {
            if (Files.isRegularFile(candidate)) {
                return candidate.toAbsolutePath();
            }
        }
        throw new IllegalStateException(
                "No " + fileName + " on this machine. Get it with\n  mvn dependency:get -Dartifact="
                        + "com.hazelcast:" + artifact + ":" + version
                        + " -Dtransitive=false\nor put it into a directory named by the"
                        + " system property " + DIRECTORY_PROPERTY + ". Looked for: " + candidates);
    }

    /**
     * Asks the class loader and not {@code java.class.path}: build tools like to hide the real class path in the
     * manifest of a small jar.
     */
    private static List<Path> onClassPath(String fileName) {
        List<Path> found = new ArrayList<>();
        try {
            ClassLoader loader =
                    Objects.requireNonNullElse(MemberJars.class.getClassLoader(), ClassLoader.getSystemClassLoader());
            for (URL manifest : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
                Path jar = jarOf(manifest);
                if (jar != null && jar.endsWith(fileName)) {
                    found.add(jar);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("The class path could not be searched for " + fileName, e);
        }
        return found;
    }

    private static @Nullable Path jarOf(URL entry) throws IOException {
        if (!entry.getProtocol().equals("jar")) {
            return null;
        }
        URL jar = ((JarURLConnection) entry.openConnection()).getJarFileURL();
        return jar.getProtocol().equals("file") ? Path.of(java.net.URI.create(jar.toString())) : null;
    }

    /** Surefire and Failsafe tell their forks where the repository is through the property {@code localRepository}. */
    private static List<Path> localRepositories() {
        return Stream.of(
                        System.getProperty("maven.repo.local"),
                        System.getProperty("localRepository"),
                        Path.of(System.getProperty("user.home"), ".m2", "repository")
                                .toString())
                .filter(Objects::nonNull)
                .map(Path::of)
                .toList();
    }
}
