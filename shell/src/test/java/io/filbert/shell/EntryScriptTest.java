// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code filbert} up to the point where it would build or start something. */
class EntryScriptTest {

    private static final Path SCRIPT = Path.of("..", "filbert").toAbsolutePath().normalize();

    private final Path directory;

    EntryScriptTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private record Ended(int exitCode, String output) {}

    @Test
    void noArguments_listsTheCommands() throws Exception {
        Ended ended = run(Map.of(), SCRIPT.toString());

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.output()).contains("Usage: filbert <command>", "demo ", "bench ");
    }

    @Test
    void unknownCommand_isUsage() throws Exception {
        Ended ended = run(Map.of(), SCRIPT.toString(), "dmeo");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.output()).contains("there is no command 'dmeo'", "Usage: filbert <command>");
    }

    @Test
    void linkInAPathWithSpaces_works() throws Exception {
        Path link =
                Files.createDirectory(directory.resolve("a path with spaces")).resolve("my filbert");
        Files.createSymbolicLink(link, SCRIPT);

        Ended ended = run(Map.of(), link.toString(), "help");

        Files.delete(link);
        assertThat(ended.output()).startsWith("Filbert, a Java client");
        assertThat(ended.exitCode()).isZero();
    }

    @Test
    void noJava_saysWhatToInstall() throws Exception {
        Ended ended = run(Map.of("PATH", toolsWithout().toString()), SCRIPT.toString(), "demo");

        assertThat(ended.exitCode()).isEqualTo(70);
        assertThat(ended.output()).contains("java was not found", "17 or newer");
    }

    @Test
    void javaHomeWithoutJava_namesIt() throws Exception {
        Ended ended = run(Map.of("JAVA_HOME", directory.toString()), SCRIPT.toString(), "demo");

        assertThat(ended.exitCode()).isEqualTo(70);
        assertThat(ended.output()).contains("JAVA_HOME is " + directory);
    }

    @Test
    void oldJava_saysWhatToInstall() throws Exception {
        Path tools = toolsWithout();
        executable(tools.resolve("java"), "echo 'openjdk version \"11.0.20\" 2023-07-18' >&2");

        Ended ended = run(Map.of("PATH", tools.toString()), SCRIPT.toString(), "demo");

        assertThat(ended.exitCode()).isEqualTo(70);
        assertThat(ended.output()).contains("too old", "17 or newer");
    }

    @Test
    void veryOldJava_saysWhatToInstall() throws Exception {
        Path tools = toolsWithout();
        executable(tools.resolve("java"), "echo 'java version \"1.8.0_402\"' >&2");

        Ended ended = run(Map.of("PATH", tools.toString()), SCRIPT.toString(), "demo");

        assertThat(ended.exitCode()).isEqualTo(70);
        assertThat(ended.output()).contains("too old");
    }

    @Test
    void noMaven_saysWhatToInstall() throws Exception {
        Ended ended = runUnbuilt(toolsWithout());

        assertThat(ended.exitCode()).isEqualTo(70);
        assertThat(ended.output()).contains("mvn was not found", "3.8 or newer");
    }

    @Test
    void oldMaven_saysWhatToInstall() throws Exception {
        Path tools = toolsWithout();
        executable(tools.resolve("mvn"), "echo 'Apache Maven 3.6.3 (cecedd343002696d0abb50b32b541b8a6ba2883f)'");

        Ended ended = runUnbuilt(tools);

        assertThat(ended.exitCode()).isEqualTo(70);
        assertThat(ended.output()).contains("mvn is 3.6, which is too old");
    }

    @Test
    void failingBuild_showsWhatMavenSaid() throws Exception {
        Path tools = toolsWithout();
        executable(
                tools.resolve("mvn"),
                "case $1 in --version) echo 'Apache Maven 3.9.9 (x)';; *) echo '[ERROR] no space left'; exit 1;; esac");

        Ended ended = runUnbuilt(tools);

        assertThat(ended.exitCode()).isEqualTo(70);
        assertThat(ended.output()).contains("Building Filbert", "[ERROR] no space left", "the build failed");
    }

    @Test
    void secondUse_buildsOnlyWhatChanged() throws Exception {
        Path clone = pretendedClone();
        Path javaHome = pretendedJava();
        Path tools = toolsWithout();
        Path builds = directory.resolve("builds");
        executable(
                tools.resolve("mvn"),
                "case $1 in --version) echo 'Apache Maven 3.8.7 (x)'; exit;; esac\n"
                        + "echo built >>'" + builds + "'\n"
                        + "mkdir -p shell/target/classes && echo '" + builds + ":" + javaHome
                        + "' >shell/target/filbert.classpath");
        Files.createSymbolicLink(tools.resolve("mkdir"), Path.of("/bin/mkdir"));
        Map<String, String> environment = Map.of("PATH", tools.toString(), "JAVA_HOME", javaHome.toString());
        String[] demo = {clone.resolve("filbert").toString(), "demo", "--members", "a b"};

        Ended first = run(environment, demo);
        Ended second = run(environment, demo);

        assertThat(first.output()).contains("Building Filbert", "<io.filbert.shell.Main> <demo> <--members> <a b>");
        assertThat(second.output()).doesNotContain("Building").contains("<demo> <--members> <a b>");
        assertThat(Files.readAllLines(builds)).hasSize(1);

        Path source = Files.createFile(clone.resolve("client/src/main/New.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        run(environment, demo);
        assertThat(Files.readAllLines(builds))
                .as("builds after a source was added")
                .hasSize(2);

        Files.delete(source);
        Files.delete(builds);
        run(environment, demo);
        assertThat(Files.readAllLines(builds))
                .as("builds after a library went away")
                .hasSize(1);
        Files.delete(tools.resolve("mkdir"));
    }

    private Path pretendedClone() throws IOException {
        Path clone = Files.createDirectory(directory.resolve("pretended clone"));
        Files.copy(SCRIPT, clone.resolve("filbert"));
        Files.createFile(clone.resolve("pom.xml"));
        for (String module : List.of("protocol-codegen", "protocol", "api", "serialization", "client", "shell")) {
            Files.createDirectories(clone.resolve(module).resolve("src/main"));
            Files.createFile(clone.resolve(module).resolve("pom.xml"));
        }
        return clone;
    }

    /** A java that is new enough, has a compiler beside it, and shows what it was to run. */
    private Path pretendedJava() throws IOException {
        Path home = directory.resolve("pretended java");
        Path bin = Files.createDirectories(home.resolve("bin"));
        executable(bin.resolve("javac"), "exit 1");
        executable(
                bin.resolve("java"),
                "case $1 in\n"
                        + "-version) echo 'openjdk version \"17.0.1\"' >&2; exit;;\n"
                        + "-XshowSettings*) echo '    java.home = " + home + "' >&2; exit;;\n"
                        + "esac\n"
                        + "for arg in \"$@\"; do printf '<%s> ' \"$arg\"; done");
        return home;
    }

    /** Runs a copy of the script in a place where nothing is built, with the Java of this test. */
    private Ended runUnbuilt(Path tools) throws IOException, InterruptedException {
        Path copy = Files.createDirectories(directory.resolve("new clone")).resolve("filbert");
        Files.copy(SCRIPT, copy);
        return run(
                Map.of("PATH", tools.toString(), "JAVA_HOME", System.getProperty("java.home")),
                copy.toString(),
                "demo");
    }

    /** A directory for PATH with what the script uses besides java and mvn. */
    private Path toolsWithout() throws IOException {
        Path tools = Files.createDirectory(directory.resolve("tools"));
        for (String name : List.of("dirname", "readlink", "sed", "head", "cat", "find", "mktemp", "rm", "touch")) {
            Path found = List.of("/usr/bin", "/bin").stream()
                    .map(bin -> Path.of(bin, name))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            executable(tools.resolve(name), "exec " + found + " \"$@\"");
        }
        return tools;
    }

    private static void executable(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("/bin/sh"));
        line.addAll(List.of(command));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).directory(directory.toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
