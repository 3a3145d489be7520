// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.DistributedObject;
import com.hazelcast.core.HazelcastInstance;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.HazelcastMember;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DemoCommandTest {

    /** The place of signal 2 in the masks of {@code /proc}. */
    private static final long INT_BIT = 1L << 1;

    private static final Signal SIGNAL = Signal.ofThisMachine();

    private static final String CLUSTER = "shell-test";

    private static HazelcastMember member;

    @BeforeAll
    static void startMember() {
        member = HazelcastMember.builder().clusterName(CLUSTER).start();
    }

    @AfterAll
    static void stopMember() {
        member.close();
    }

    @Test
    void demo_runningCluster_showsEverythingAndLeavesNothing() {
        Captured demo = Captured.piped("demo", "--members", member.address(), "--cluster-name", CLUSTER);

        assertThat(demo.err()).isEmpty();
        assertThat(demo.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(demo.out().lines().map(String::strip))
                .containsSubsequence(
                        "Filbert demo",
                        "Personnel",
                        "Added IT personnel. Printing all known personnel",
                        "Alice is in IT department",
                        "Bob is in IT department",
                        "Clark is in IT department",
                        "Added Sales personnel. Printing all known personnel",
                        "Alice is in IT department",
                        "Bob is in IT department",
                        "Clark is in IT department",
                        "Denise is in Sales department",
                        "Erwing is in Sales department",
                        "Faith is in Sales department",
                        "The cluster",
                        "Map basics",
                        "Records, queried by field",
                        "author = 'Le Guin' AND year < 1970:",
                        "The Left Hand of Darkness (1969)",
                        "Pace");
        assertThat(demo.out())
                .contains(member.address(), "version 5.7.0", "owns 271 of 271 partitions")
                .containsPattern("replaceIfSame\\(\"Alice\", \"IT\", \"Legal\"\\) +true")
                .containsPattern("get again +null after [0-9.]+ m?s: it expired")
                .containsPattern("10,000 gets without waiting in between +[0-9,]+ per second")
                .containsPattern("Done in [0-9.]+ s, and cleaned up");
        assertThat(objectsOfTheDemo()).as("what the demo left in the cluster").isEmpty();
    }

    @Test
    void demo_piped_isPlain() {
        Captured demo = Captured.piped("demo", "--members", member.address(), "--cluster-name", CLUSTER);

        assertThat(demo.out()).doesNotContain("\u001b");
    }

    @Test
    void demo_onTerminal_isColoured() {
        Captured demo = Captured.onTerminal("demo", "--members", member.address(), "--cluster-name", CLUSTER);

        assertThat(demo.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(demo.out()).contains("\u001b[1mFilbert demo\u001b[0m");
    }

    @Test
    void demo_noColorOnTerminal_isPlain() {
        Captured demo =
                Captured.onTerminal("demo", "--no-color", "--members", member.address(), "--cluster-name", CLUSTER);

        assertThat(demo.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(demo.out()).contains("Filbert demo").doesNotContain("\u001b");
    }

    @Test
    void demo_noMembersGiven_startsOneAndEndsIt() {
        Captured demo = Captured.piped("demo");

        assertThat(demo.err()).isEmpty();
        assertThat(demo.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(demo.out()).containsPattern("Started a Hazelcast 5\\.7\\.0 member +[0-9.]+ m?s");
        Eventually.passes(() -> assertThat(threadNames())
                .as("threads of client and member after the demo")
                .noneMatch(name -> name.startsWith("hz.") || name.startsWith("filbert-filbert-demo")));
    }

    @Test
    void demo_nobodyThere_saysSoAfterAFewSeconds() throws IOException {
        String address = "127.0.0.1:" + unusedPort();

        Captured demo = Captured.piped("demo", "--members", address);

        assertThat(demo.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(demo.err()).contains("no member could be reached at " + address, "leave --members out");
        assertThat(demo.err()).as("no stack trace").doesNotContain("\tat ");
        assertThat(demo.took()).isLessThan(Duration.ofSeconds(12));
    }

    @Test
    void demo_anotherClusterName_saysThatTheClusterRefused() {
        Captured demo = Captured.piped("demo", "--members", member.address(), "--cluster-name", "another");

        assertThat(demo.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(demo.err()).contains(member.address(), "refused", "\"another\"", "--cluster-name");
        assertThat(demo.err()).as("no stack trace").doesNotContain("\tat ");
    }

    @Test
    void demo_malformedAddress_isUsage() {
        Captured demo = Captured.piped("demo", "--members", "127.0.0.1:port");

        assertThat(demo.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(demo.err()).contains("--members is \"127.0.0.1:port\"", "host:port");
    }

    @Test
    void demo_unknownOption_isUsage() {
        Captured demo = Captured.piped("demo", "--colour");

        assertThat(demo.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(demo.err()).contains("--colour", "Usage: filbert demo");
    }

    @Test
    void demo_help_listsExitCodes() {
        Captured help = Captured.piped("demo", "--help");

        assertThat(help.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(help.out()).contains("--members", "--cluster-name", "--no-color", "Exit codes:", "130");
    }

    @Test
    void demo_interruptedOnTheWay_cleansUp() throws Exception {
        List<String> rest;
        int attempts = 0;
        do {
            // On a busy machine the demo may be over before the signal reaches it, which shows nothing.
            assertThat(attempts++)
                    .as("demos that were over before they could be interrupted")
                    .isLessThan(10);
            rest = interruptedDemo();
        } while (rest.stream().anyMatch(text -> text.contains("Done in")));

        assertThat(rest).endsWith("exit code " + SIGNAL.exitCode()).noneMatch(text -> text.contains("Exception"));
        assertThat(objectsOfTheDemo()).as("what the demo left in the cluster").isEmpty();
    }

    /** How the demo is interrupted, and what it ends with then. */
    private enum Signal {
        INT(130),
        TERM(143);

        private final int exitCode;

        Signal(int exitCode) {
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }

        /** As Ctrl-C does, unless that is ignored here, as in what a script starts in the background: children ignore it, too. */
        static Signal ofThisMachine() {
            Path status = Path.of("/proc/self/status");
            try {
                return Files.exists(status)
                                && Files.readAllLines(status).stream()
                                        .filter(line -> line.startsWith("SigIgn:"))
                                        .map(line -> Long.parseUnsignedLong(
                                                line.substring(line.indexOf(':') + 1)
                                                        .strip(),
                                                16))
                                        .anyMatch(ignored -> (ignored & INT_BIT) != 0)
                        ? TERM
                        : INT;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What a demo says that is interrupted as soon as it has put something into the cluster, and its exit code. */
    private static List<String> interruptedDemo() throws Exception {
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "demo",
                        "--members",
                        member.address(),
                        "--cluster-name",
                        CLUSTER)
                .redirectErrorStream(true)
                .start();
        try (var lines = demo.inputReader()) {
            String line;
            do {
                line = lines.readLine();
            } while (line != null && !line.contains("Alice is in IT department"));
            assertThat(line).as("the demo shows what it has put in").isNotNull();
            assertThat(new ProcessBuilder("kill", "-" + SIGNAL, String.valueOf(demo.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            List<String> rest = new ArrayList<>(lines.lines().toList());
            assertThat(demo.waitFor(20, TimeUnit.SECONDS)).as("the demo ends").isTrue();
            rest.add("exit code " + demo.exitValue());
            return rest;
        } finally {
            demo.destroyForcibly();
        }
    }

    /** Asks through another client, so that a mistake of ours cannot hide what is left. */
    private static List<String> objectsOfTheDemo() {
        ClientConfig config = new ClientConfig();
        config.setClusterName(CLUSTER);
        config.getNetworkConfig().addAddress(member.address());
        HazelcastInstance witness = HazelcastClient.newHazelcastClient(config);
        try {
            return witness.getDistributedObjects().stream()
                    .map(DistributedObject::getName)
                    .filter(name -> name.startsWith("filbert-demo"))
                    .toList();
        } finally {
            witness.shutdown();
        }
    }

    private static List<String> threadNames() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
