// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.it.faults.SmallHeap.Task;
import io.filbert.it.support.Clients;
import io.filbert.testkit.HazelcastMember;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that need more memory than there is, in a process of their own: they end, and disturb no others. */
@Timeout(240)
final class SmallHeapIT {

    private static final int MEBIBYTES = 60;

    private final HazelcastMember member =
            HazelcastMember.builder().heap("768m").start();

    @AfterEach
    void end() {
        member.close();
    }

    /** Guards against an answer larger than the heap closing the connection, being asked for again, closing the next one … */
    @Test
    void answerThatTheHeapCannotHold_endsItsCall_andNothingElse() throws Exception {
        fill();

        Map<String, String> result = run("-Xmx96m", Task.VALUES);

        assertThat(result.get("outcome"))
                .contains("SerializationException", "on map 'big'", "carried the call out", "heap", "-Xmx");
        assertThat(result)
                .containsEntry("lost", "0")
                .containsEntry("failed", "0")
                .containsEntry("usable", "true");
    }

    private void fill() {
        try (HazelcastClient client = Clients.connect(member.address(), config -> {})) {
            for (int i = 0; i < MEBIBYTES; i++) {
                client.<Integer, byte[]>getMap(SmallHeap.BIG).blocking().set(i, new byte[1 << 20]);
            }
        }
    }

    /** Guards against a large answer that needs as much memory outside of the heap as within, and costs the connection without it. */
    @Test
    void largeAnswer_littleMemoryOutsideOfTheHeap_isRead() throws Exception {
        fill();

        Map<String, String> result = run("-Xmx512m", Task.VALUES, "-XX:MaxDirectMemorySize=1m");

        assertThat(result)
                .containsEntry("outcome", String.valueOf(MEBIBYTES))
                .containsEntry("lost", "0")
                .containsEntry("failed", "0");
    }

    /** Guards against bulk calls that serialize and encode everything before they send anything. */
    @ParameterizedTest
    @EnumSource(
            value = Task.class,
            names = {"PUT_ALL", "SET_ALL"})
    void bulkWriteLargerThanWhatIsFreeOfTheHeap_isSentPieceByPiece(Task task) throws Exception {
        Map<String, String> result = run("-Xmx112m", task);

        assertThat(result)
                .containsEntry("outcome", String.valueOf(MEBIBYTES))
                .containsEntry("lost", "0")
                .containsEntry("failed", "0");
    }

    /** These are one request, so that the member takes all or none, or keeps the order. */
    @ParameterizedTest
    @EnumSource(
            value = Task.class,
            names = {"ADD_ALL", "PUBLISH_ALL"})
    void requestThatTheHeapCannotHold_isRefusedWithItsSizeAndTheRemedy(Task task) throws Exception {
        Map<String, String> result = run("-Xmx112m", task);

        assertThat(result.get("outcome"))
                .contains("SerializationException", "'big'", "one request", "at a time", "-Xmx");
        assertThat(result)
                .containsEntry("lost", "0")
                .containsEntry("failed", "0")
                .containsEntry("usable", "true");
    }

    private Map<String, String> run(String heap, Task task, String... options)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("filbert-small-heap-", ".txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(heap);
        command.add("-XX:+UseSerialGC");
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName(),
                member.address(),
                task.name(),
                String.valueOf(MEBIBYTES)));
        Process program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(program.waitFor(120, TimeUnit.SECONDS))
                    .as("the program ends; it wrote: %s", Files.readString(output))
                    .isTrue();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(program.exitValue()).as(text).isZero();
            try (Stream<String> lines = text.lines()) {
                return lines.filter(line -> line.matches("[a-z]+=.*"))
                        .collect(Collectors.toMap(
                                line -> line.substring(0, line.indexOf('=')),
                                line -> line.substring(line.indexOf('=') + 1),
                                (first, second) -> first + "\n" + second));
            }
        } finally {
            program.destroyForcibly();
            Files.deleteIfExists(output);
        }
    }
}
