// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.cluster.Address;
import io.filbert.internal.protocol.codec.ClientAddClusterViewListenerCodec;
import io.filbert.internal.protocol.codec.ClientAuthenticationCodec;
import io.filbert.internal.protocol.member.ClientAddClusterViewListenerMemberCodec;
import io.filbert.internal.protocol.type.EndpointQualifier;
import io.filbert.internal.protocol.type.MemberInfo;
import io.filbert.it.support.Clients;
import io.filbert.it.support.LogLines;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that are to be reached elsewhere than where they say. */
@NoLeaks
@Timeout(60)
final class AddressTranslationIT {

    private final ScriptedCluster cluster = ScriptedCluster.builder().members(2).start();
    private final FaultProxy second =
            FaultProxy.to("127.0.0.1", cluster.member(1).port());

    @AfterEach
    void end() {
        second.close();
        cluster.close();
    }

    @Test
    void addressTranslator_isAskedForEachMember_notForConfiguredAddresses() {
        ScriptedMember hidden = cluster.member(1);
        try (HazelcastClient client = Clients.connect(
                cluster.member(0).address(),
                config -> config.addressTranslator(address -> {
                    assertThat(address.port())
                            .as("only the member is translated")
                            .isEqualTo(hidden.port());
                    return new Address("127.0.0.1", second.port());
                }))) {
            Eventually.passes(() -> assertThat(hidden.connections()).hasSize(1));
            assertThat(second.openConnections()).isEqualTo(1);
            assertThat(client.clusterService().members())
                    .as("members keep their addresses")
                    .extracting(member -> member.address().port())
                    .containsExactlyInAnyOrder(cluster.member(0).port(), hidden.port());
        }
    }

    @Test
    @SuppressWarnings("NullAway") // null on purpose
    void addressTranslator_givesNullOrFails_isAFailedAttemptThatTheLogTells() {
        try (LogLines log = LogLines.open();
                HazelcastClient client = Clients.connect(
                        cluster.member(0).address(), config -> config.addressTranslator(address -> null));
                HazelcastClient other = Clients.connect(
                        cluster.member(0).address(),
                        config -> config.addressTranslator(address -> {
                            throw new IllegalStateException("no map for " + address.port());
                        }))) {
            assertThat(client.getMap("m").blocking().get("k")).isNull();
            assertThat(other.getMap("m").blocking().get("k")).isNull();
            assertThat(cluster.member(1).connections()).isEmpty();
            Eventually.passes(() -> {
                assertThat(log.of(client.name()))
                        .anyMatch(line -> line.startsWith("WARNING")
                                && line.contains("Cannot connect to Member")
                                && line.contains("addressTranslator gave null"));
                assertThat(log.of(other.name()))
                        .anyMatch(line -> line.startsWith("WARNING")
                                && line.contains(
                                        "no map for " + cluster.member(1).port()));
            });
        }
    }

    @Test
    void usePublicIp_connectsToThePublicAddressOfAMemberThatHasOne() {
        ScriptedMember first = cluster.member(0);
        first.authenticationResponse(this::withPublicAddress);
        // The list that came with the authentication stays.
        first.on(
                ClientAddClusterViewListenerCodec.REQUEST,
                (request, reply) -> reply.send(ClientAddClusterViewListenerMemberCodec.encodeResponse()));
        try (HazelcastClient client = Clients.connect(first.address(), config -> config.usePublicIp(true))) {
            assertThat(client.clusterService().members()).hasSize(2);
            Eventually.passes(() -> assertThat(second.openConnections()).isEqualTo(1));
        }
        int before = second.connectionsAccepted();
        try (HazelcastClient client = Clients.connect(first.address(), config -> {})) {
            assertThat(client.clusterService().members()).hasSize(2);
            Eventually.passes(() -> assertThat(cluster.member(1).connections()).hasSize(1));
            assertThat(second.connectionsAccepted()).isEqualTo(before);
        }
    }

    @Test
    void usePublicIp_ofAFurtherCluster_holdsThere() {
        ScriptedMember first = cluster.member(0);
        first.authenticationResponse(this::withPublicAddress);
        first.on(
                ClientAddClusterViewListenerCodec.REQUEST,
                (request, reply) -> reply.send(ClientAddClusterViewListenerMemberCodec.encodeResponse()));
        try (ScriptedCluster blue =
                        ScriptedCluster.builder().clusterName("blue").start();
                HazelcastClient client = Clients.connect(
                        blue.addresses(),
                        config -> config.clusterName("blue")
                                .clusterConnectTimeout(Duration.ZERO)
                                .retryInitialBackoff(Duration.ofMillis(20))
                                .failoverCluster(other -> other.clusterName("dev")
                                        .clusterMembers(first.address())
                                        .usePublicIp(true)))) {
            assertThat(client.getMap("m").blocking().get("k")).isNull();

            blue.member(0).die();

            Eventually.passes(() -> assertThat(second.openConnections()).isEqualTo(1));
            assertThat(client.clusterService().members()).hasSize(2);
        }
    }

    private ClientAuthenticationCodec.Response withPublicAddress(ClientAuthenticationCodec.Response given) {
        List<MemberInfo> members = Objects.requireNonNull(given.memberInfos()).stream()
                .map(this::withPublicAddress)
                .toList();
        return new ClientAuthenticationCodec.Response(
                given.status(),
                given.address(),
                given.memberUuid(),
                given.serializationVersion(),
                given.serverHazelcastVersion(),
                given.partitionCount(),
                given.clusterId(),
                given.failoverSupported(),
                given.tpcPorts(),
                given.tpcToken(),
                given.memberListVersion(),
                members,
                given.partitionListVersion(),
                given.partitions(),
                given.keyValuePairs());
    }

    private MemberInfo withPublicAddress(MemberInfo info) {
        if (info.address().port() != cluster.member(1).port()) {
            return info;
        }
        return new MemberInfo(
                info.address(),
                info.uuid(),
                info.attributes(),
                info.liteMember(),
                info.version(),
                Map.of(
                        new EndpointQualifier(1, "public"),
                        new io.filbert.internal.protocol.type.Address("127.0.0.1", second.port())));
    }
}
