// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.filbert.HazelcastClient;
import io.filbert.it.support.Clients;
import io.filbert.map.BlockingDistributedMap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * One member has no endpoint for clients, but holds backups like the others. No member list shows it, and its acks cannot reach the client:
 * every write with a backup there used to take the whole {@code operationBackupTimeout}.
 */
final class MemberWithoutClientEndpointIT {

    private static final Duration BACKUP_TIMEOUT = Duration.ofSeconds(2);

    private final String clusterName = "without-client-endpoint-" + UUID.randomUUID();
    private final List<HazelcastInstance> members = new ArrayList<>();

    @AfterEach
    void endMembers() {
        members.forEach(member -> member.getLifecycleService().terminate());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ServerSocketEndpointConfig endpoint(int port) {
        ServerSocketEndpointConfig endpoint = new ServerSocketEndpointConfig();
        endpoint.setPort(port).setPortAutoIncrement(false);
        endpoint.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        return endpoint;
    }

    /** @param clientPort 0 for none */
    private void startMember(int port, int clientPort, List<Integer> ports) {
        Config config = new Config().setClusterName(clusterName);
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        AdvancedNetworkConfig network = config.getAdvancedNetworkConfig().setEnabled(true);
        network.setMemberEndpointConfig(endpoint(port));
        if (clientPort != 0) {
            network.setClientEndpointConfig(endpoint(clientPort));
        }
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true);
        ports.forEach(other -> join.getTcpIpConfig().addMember("127.0.0.1:" + other));
        members.add(Hazelcast.newHazelcastInstance(config));
    }

    @Test
    void writes_waitOnceForTheAckThatCannotCome() throws IOException {
        int clientPort = freePort();
        List<Integer> ports = List.of(freePort(), freePort());
        startMember(ports.get(0), clientPort, ports);
        startMember(ports.get(1), 0, ports);

        try (HazelcastClient client = Clients.connect(
                List.of("127.0.0.1:" + clientPort),
                config -> config.clusterName(clusterName).operationBackupTimeout(BACKUP_TIMEOUT))) {
            BlockingDistributedMap<Integer, Integer> map =
                    client.<Integer, Integer>getMap("m").blocking();
            int slow = 0;
            for (int i = 0; i < 300; i++) {
                long begin = System.nanoTime();
                map.set(i, i);
                if (System.nanoTime() - begin >= BACKUP_TIMEOUT.toNanos()) {
                    slow++;
                }
            }
            assertThat(slow).as("writes that waited for an ack").isLessThanOrEqualTo(1);
            assertThat(map.size()).isEqualTo(300);
        }
    }
}
