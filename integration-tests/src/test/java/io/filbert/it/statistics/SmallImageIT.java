// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.impl.statistics.ClientStatistics;
import io.filbert.HazelcastClient;
import io.filbert.it.support.Clients;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.NoLeaks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Run-time images that lack what statistics and events would like to have. */
@NoLeaks
final class SmallImageIT {

    @Test
    void withoutManagementAndFlightRecorder_theClientWorks_andTellsWhatItCan() throws Exception {
        try (EmbeddedMember member = new EmbeddedMember();
                HazelcastClient witness = Clients.connect(member.address(), config -> {})) {
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--limit-modules",
                            "java.base,java.logging",
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SmallImage.class.getName(),
                            member.address())
                    .redirectErrorStream(true)
                    .start();
            try {
                Eventually.passes(() -> {
                    assertThat(program.isAlive()).as("the program runs").isTrue();
                    ClientStatistics told = member.statisticsOf("small");
                    assertThat(told).isNotNull();
                    assertThat(EmbeddedMember.attributes(Objects.requireNonNull(told)))
                            .containsKeys("runtime.usedMemory", "runtime.availableProcessors")
                            .doesNotContainKeys("runtime.uptime", "os.totalPhysicalMemorySize");
                });
                Eventually.passes(() -> assertThat(
                                witness.<String, String>getMap("m").blocking().replace("done", "yes", "seen"))
                        .isTrue());
                String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(program.waitFor(20, TimeUnit.SECONDS)).as(output).isTrue();
                assertThat(output)
                        .contains("modules falsefalse", "answered true")
                        .contains("module java.management is not there", "module jdk.management is not there");
                assertThat(program.exitValue()).as(output).isZero();
            } finally {
                program.destroyForcibly();
            }
        }
    }
}
