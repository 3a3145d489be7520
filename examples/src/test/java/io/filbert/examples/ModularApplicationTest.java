// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.testkit.HazelcastMember;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application in {@code src/modular}, compiled and run on the module path: the guide said that a modular application needs nothing,
 * but it needs {@code requires} and {@code opens}.
 */
class ModularApplicationTest {

    private static final Path SOURCES = Path.of("src", "modular", "java");
    private static final Pattern PARTS = Pattern.compile(
            ".*[/\\\\](api|protocol|serialization|client)[/\\\\]target[/\\\\].*|.*[/\\\\](filbert-(api|protocol|serialization|client)"
                    + "|jspecify|tls-channel)-[^/\\\\]*\\.jar");

    private static HazelcastMember member;

    @BeforeAll
    static void startMember() {
        member = HazelcastMember.start();
    }

    @AfterAll
    static void stopMember() {
        member.close();
    }

    /** What the application printed, ending with its exit code. */
    private static String run(Path directory, String moduleInfo) throws IOException, InterruptedException {
        Path sources = Files.createDirectories(directory.resolve("sources"));
        Path classes = Files.createDirectories(directory.resolve("classes"));
        Path info = Files.writeString(sources.resolve("module-info.java"), moduleInfo);
        String modulePath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> PARTS.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--module-path",
                        modulePath,
                        "-d",
                        classes.toString(),
                        info.toString(),
                        SOURCES.resolve("com/acme/orders/Orders.java").toString());
        assertThat(compiled).as("result of the compiler").isZero();
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "--module-path",
                        classes + File.pathSeparator + modulePath,
                        "--module",
                        "com.acme.orders/com.acme.orders.Orders",
                        member.address())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(program.waitFor(30, TimeUnit.SECONDS)).as(output).isTrue();
            return output + "exit code " + program.exitValue();
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void withRequiresAndOpens_storesARecord(@TempDir Path directory) throws Exception {
        assertThat(run(directory, Files.readString(SOURCES.resolve("module-info.java"))))
                .contains("module com.acme.orders stored Order[article=bread, count=2]")
                .endsWith("exit code 0");
    }

    @Test
    void withoutOpens_theErrorSaysWhatToAdd(@TempDir Path directory) throws Exception {
        assertThat(run(directory, "module com.acme.orders { requires io.filbert.client; }"))
                .contains("opens com.acme.orders to io.filbert.serialization")
                .endsWith("exit code 1");
    }
}
