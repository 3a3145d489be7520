// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HazelcastClusterTest {

    @Test
    void start_twoMembers_seeEachOther() {
        try (HazelcastCluster cluster =
                HazelcastCluster.builder().members(2).clusterName("a & b").start()) {
            Set<UUID> both = Set.of(cluster.member(0).uuid(), cluster.member(1).uuid());
            assertThat(both).hasSize(2);
            assertThat(cluster.member(0).memberUuids()).isEqualTo(both);
            assertThat(cluster.member(1).memberUuids()).isEqualTo(both);
            assertThat(cluster.member(0).clientUuids()).isEmpty();
            assertThat(cluster.addresses())
                    .containsExactly(
                            cluster.member(0).address(), cluster.member(1).address());
            assertThat(cluster.member(0).log()).contains("[a & b]");

            HazelcastMember first = cluster.member(0);
            long firstPid = first.pid();
            UUID firstUuid = first.uuid();
            int firstPort = first.port();
            first.restart();
            assertThat(first.pid()).isNotEqualTo(firstPid);
            assertThat(first.uuid()).isNotEqualTo(firstUuid);
            assertThat(first.port()).isEqualTo(firstPort);
            assertThat(cluster.member(1).memberUuids())
                    .containsExactlyInAnyOrder(first.uuid(), cluster.member(1).uuid());

            HazelcastMember third = cluster.addMember();
            cluster.awaitSafe();
            assertThat(first.memberUuids()).hasSize(3).contains(third.uuid());

            third.shutdown();
            assertThat(third.isAlive()).isFalse();
            cluster.awaitFormed();
            assertThat(first.memberUuids()).hasSize(2).doesNotContain(third.uuid());
            assertThat(third.log()).contains("is SHUTDOWN");
        }
    }

    @Test
    void member_listensOnLoopbackOnly_andIsGoneAfterClose() throws IOException {
        HazelcastMember member = HazelcastMember.start();
        Path directory;
        try (member) {
            assertThat(member.isAlive()).isTrue();
            assertThat(listeningAddresses(member.port())).isNotEmpty().allMatch(HazelcastClusterTest::isLoopback);
            directory = member.directory();
            assertThat(directory).exists();
        }
        assertThat(member.isAlive()).isFalse();
        assertThat(ProcessHandle.of(member.pid())).isEmpty();
        assertThat(directory).doesNotExist();
        assertThat(LoopbackPorts.isFree(member.port())).isTrue();
    }

    @Test
    void suspend_keepsConnectionsOpenAndSilent_untilResumed() throws IOException {
        try (HazelcastMember member = HazelcastMember.start();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), member.port())) {
            member.suspend();
            assertThat(member.isAlive()).isTrue();
            // An unknown protocol makes a running member close the connection.
            socket.getOutputStream().write("XYZ".getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(300);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            member.resume();
            socket.setSoTimeout(10_000);
            assertThat(socket.getInputStream().readAllBytes())
                    .as("what arrives before the member closes")
                    .isEmpty();
            assertThat(member.memberUuids()).containsExactly(member.uuid());

            member.suspend();
        }
    }

    @Test
    void configuration_reachesTheMember(@TempDir Path extra) throws IOException {
        Files.writeString(extra.resolve("marker.xml"), "<hazelcast/>");
        try (HazelcastMember member = HazelcastMember.builder()
                .version("5.3.8")
                .classPath(extra)
                .configXml("<lite-member enabled=\"true\"/>")
                .networkXml("<reuse-address>true</reuse-address>")
                .systemProperty("hazelcast.partition.count", "7")
                .jvmOptions("-Dsome.flag=x")
                .heap("200m")
                .start()) {
            assertThat(member.version()).isEqualTo("5.3.8");
            assertThat(member.log()).contains("[5.3.8]").contains(" lite");
            String command = ProcessHandle.of(member.pid())
                    .flatMap(process -> process.info().arguments())
                    .map(arguments -> String.join(" ", arguments))
                    .orElseThrow();
            assertThat(command)
                    .contains("-Xmx200m", "-Dhazelcast.partition.count=7", "-Dsome.flag=x", extra.toString());
        }
    }

    @Test
    void start_brokenConfiguration_failsWithTheLog() {
        assertThatThrownBy(() -> HazelcastMember.builder()
                        .configXml("<no-such-element/>")
                        .start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("no-such-element");
    }

    @Test
    void start_deadlineTooShort_failsAndLeavesNoProcess() {
        long before = ProcessHandle.current().children().count();
        assertThatThrownBy(() -> HazelcastMember.builder()
                        .startTimeout(Duration.ofMillis(50))
                        .start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not start within 50 ms");
        assertThat(ProcessHandle.current().children().count()).isEqualTo(before);
    }

    @Test
    void start_portTaken_failsInsteadOfMovingToAnother() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            HazelcastMember.builder().port(other.getLocalPort()).start())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(HazelcastCluster.PORT_TAKEN);
        }
    }

    @Test
    void version_notOnThisMachine_saysHowToGetIt() {
        assertThatThrownBy(() -> HazelcastMember.builder().version("4.0.99").start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mvn dependency:get -Dartifact=com.hazelcast:hazelcast:4.0.99")
                .hasMessageContaining("filbert.testkit.members");
        assertThatThrownBy(() -> HazelcastMember.builder().version("latest"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Set<String> listeningAddresses(int port) throws IOException {
        String suffix = ":%04X".formatted(port);
        Set<String> found = new java.util.HashSet<>();
        for (String table : new String[] {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns[1].endsWith(suffix) && columns[3].equals("0A")) {
                    found.add(columns[1].substring(0, columns[1].indexOf(':')));
                }
            }
        }
        return found;
    }

    /** 127.0.0.1 plain, or mapped into IPv6, as the kernel prints it. */
    private static boolean isLoopback(String address) {
        return address.equals("0100007F") || address.equals("0000000000000000FFFF00000100007F");
    }
}
