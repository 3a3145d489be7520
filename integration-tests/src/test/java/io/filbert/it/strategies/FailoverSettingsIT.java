// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.cluster.Address;
import io.filbert.config.TokenProvider;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import io.filbert.testkit.ScriptedMember;
import io.filbert.testkit.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said about a further cluster holds for that cluster, and for it only. */
@NoLeaks
@Timeout(60)
final class FailoverSettingsIT {

    private static final String TOKEN = "open sesame";

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static FaultProxy tlsBefore(ScriptedMember member, TestCertificate certificate) {
        return FaultProxy.tlsTo(member.host(), member.port(), certificate.context(List.of()), false);
    }

    @Test
    void tlsTokenAndTranslator_areThoseOfTheCluster(@TempDir Path directory) throws IOException {
        TestCertificate certificate = TestCertificate.forLoopback();
        Path caFile = Files.writeString(directory.resolve("ca.pem"), certificate.certificatePem());
        List<Integer> translated = new CopyOnWriteArrayList<>();
        try (ScriptedCluster blue =
                        ScriptedCluster.builder().clusterName("blue").start();
                ScriptedCluster green = ScriptedCluster.builder()
                        .clusterName("green")
                        .members(2)
                        .token(TOKEN.getBytes(StandardCharsets.UTF_8))
                        .start();
                FaultProxy first = tlsBefore(green.member(0), certificate);
                FaultProxy second = tlsBefore(green.member(1), certificate);
                HazelcastClient client = Clients.connect(
                        blue.addresses(),
                        config -> config.clusterName("blue")
                                .clusterConnectTimeout(Duration.ZERO)
                                .retryInitialBackoff(Duration.ofMillis(20))
                                .failoverCluster(other -> other.clusterName("green")
                                        .clusterMembers(first.address())
                                        .tls(tls -> tls.caFile(caFile))
                                        .tokenProvider(TokenProvider.of(TOKEN))
                                        .addressTranslator(address -> {
                                            translated.add(address.port());
                                            return new Address("127.0.0.1", second.port());
                                        })))) {
            DistributedMap<String, String> map = client.getMap("m");
            join(map.put("k", "blue"));
            assertThat(translated).as("addresses of blue").isEmpty();

            blue.member(0).die();

            assertThat(join(map.get("k"))).as("what green knows").isNull();
            Eventually.passes(() -> assertThat(green.members())
                    .allSatisfy(member -> assertThat(member.connections())
                            .singleElement()
                            .satisfies(connection ->
                                    assertThat(connection.isAuthenticated()).isTrue())));
            assertThat(first.openConnections()).isEqualTo(1);
            assertThat(second.openConnections()).isEqualTo(1);
            assertThat(translated)
                    .as("the member that is not in clusterMembers")
                    .containsOnly(green.member(1).port());
        }
    }
}
