// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.it.support.Clients;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HazelcastMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a program ends whose own threads have ended. */
final class ProgramEndIT {

    private static HazelcastMember member;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @BeforeAll
    static void startMember() {
        member = HazelcastMember.start();
    }

    @AfterAll
    static void endMember() {
        member.close();
    }

    private Path output() {
        return directory.resolve("output.txt");
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                ListeningProgram.class.getName()));
        command.addAll(Arrays.asList(args));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
    }

    @Test
    void byDefault_endsWithMain() throws Exception {
        Process program = start(member.address());
        try {
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(output())).contains("main ends").doesNotContain("heard");
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    @Test
    void withoutDaemonThreads_runsUntilTheClientIsClosed() throws Exception {
        Process program = start(member.address(), "false");
        try (HazelcastClient client = Clients.connect(member.address(), config -> {})) {
            Eventually.passes(() -> assertThat(Files.readString(output())).contains("main ends"));
            assertThat(program.waitFor(2, TimeUnit.SECONDS)).as("ended").isFalse();

            client.<String>getTopic("news").publish("good").join();

            assertThat(program.waitFor(30, TimeUnit.SECONDS)).as("ended").isTrue();
            assertThat(Files.readString(output())).contains("heard good");
        } finally {
            program.destroyForcibly().waitFor();
        }
    }
}
