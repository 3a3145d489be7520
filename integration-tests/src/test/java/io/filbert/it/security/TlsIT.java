// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.config.TlsConfig;
import io.filbert.config.TlsProtocol;
import io.filbert.error.AuthenticationException;
import io.filbert.error.ConfigurationException;
import io.filbert.error.ConnectionException;
import io.filbert.error.HazelcastException;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.FaultProxy.Direction;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS to a real member behind a proxy that ends it, and everything that can go wrong before the first message. */
@NoLeaks(NoLeaks.Scope.CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
final class TlsIT {

    private static final Duration SLACK = Duration.ofSeconds(3);

    private static HazelcastMember member;
    private static TestCertificate certificate;
    private static TestCertificate clientCertificate;
    private static Path caFile;
    private static Path certificateFile;
    private static Path keyFile;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        member = HazelcastMember.start();
        certificate = TestCertificate.forLoopback();
        clientCertificate = TestCertificate.create("client", Duration.ofDays(-1), Duration.ofDays(2));
        caFile = Files.writeString(directory.resolve("ca.pem"), certificate.certificatePem());
        certificateFile = Files.writeString(directory.resolve("certificate.pem"), clientCertificate.certificatePem());
        keyFile = Files.writeString(directory.resolve("key.pem"), clientCertificate.privateKeyPem());
    }

    @AfterAll
    static void end() {
        member.close();
    }

    private static FaultProxy tlsProxy() {
        return tlsProxy(certificate.context(List.of()), false);
    }

    private static FaultProxy tlsProxy(SSLContext context, boolean clientCertificates) {
        return FaultProxy.tlsTo(member.host(), member.port(), context, clientCertificates);
    }

    /** The member tells its own address, behind the proxy: so one connection, the one that was dialled. */
    private static HazelcastClient connect(FaultProxy proxy, Consumer<TlsConfig.Builder> tls) {
        return connect(proxy.address(), tls);
    }

    private static HazelcastClient connect(String address, Consumer<TlsConfig.Builder> tls) {
        return Clients.connect(
                address,
                config -> config.smartRouting(false)
                        .retryInitialBackoff(Duration.ofMillis(20))
                        .tls(t -> t.caFile(caFile))
                        .tls(tls));
    }

    private static Throwable failureOf(String address, Consumer<ClientConfig.Builder> changes) {
        Throwable failure = catchThrowable(() -> HazelcastClient.connect(config -> {
            config.clusterMembers(address).smartRouting(false).clusterConnectTimeout(Duration.ZERO);
            changes.accept(config);
        }));
        return Objects.requireNonNull(failure, "connected to " + address);
    }

    private static Throwable failureOf(FaultProxy proxy, Consumer<TlsConfig.Builder> tls) {
        return failureOf(
                proxy.address(), config -> config.tls(t -> t.caFile(caFile)).tls(tls));
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static void works(HazelcastClient client) {
        client.getMap("m").blocking().put("key", "value");
        assertThat(client.getMap("m").blocking().get("key")).isEqualTo("value");
    }

    // ---- traffic

    @ParameterizedTest
    @EnumSource(names = {"TLSv1_2", "TLSv1_3"})
    void oneCallInFlight_eachWay_works(TlsProtocol protocol) {
        try (FaultProxy proxy = tlsProxy();
                HazelcastClient client = connect(proxy, t -> t.protocol(protocol))) {
            DistributedMap<Integer, byte[]> map = client.getMap("one-" + protocol);
            for (int i = 0; i < 500; i++) {
                byte[] value = bytes(i * 37 % 5_000, i);
                map.blocking().put(i, value);
                assertThat(map.blocking().get(i)).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLSv1_2", "TLSv1_3"})
    void manyCallsInFlight_allArrive(TlsProtocol protocol) throws Exception {
        try (FaultProxy proxy = tlsProxy();
                HazelcastClient client = connect(proxy, t -> t.protocol(protocol))) {
            DistributedMap<Integer, byte[]> map = client.getMap("many-" + protocol);
            Semaphore room = new Semaphore(2048);
            List<CompletableFuture<?>> calls = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                room.acquire();
                int key = i % 5_000;
                CompletableFuture<?> call = i < 5_000
                        ? map.set(key, bytes(200, key))
                        : map.get(key).thenAccept(value -> assertThat(value).isEqualTo(bytes(200, key)));
                calls.add(call.whenComplete((done, failure) -> room.release()));
                if (i == 4_999) {
                    CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0]))
                            .get(60, TimeUnit.SECONDS);
                }
            }
            CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLSv1_2", "TLSv1_3"})
    void largeValues_bothWays_arriveWhole(TlsProtocol protocol) throws Exception {
        byte[] large = bytes(10 << 20, 42);
        try (FaultProxy proxy = tlsProxy();
                HazelcastClient client = connect(proxy, t -> t.protocol(protocol))) {
            DistributedMap<String, byte[]> map = client.getMap("large-" + protocol);
            map.blocking().set("a", large);
            assertThat(map.blocking().get("a")).isEqualTo(large);

            // Both directions at once, with small calls in between.
            CompletableFuture<Void> up = map.set("b", large);
            CompletableFuture<byte[]> down = map.get("a");
            for (int i = 0; i < 50; i++) {
                map.blocking().set("small", new byte[] {(byte) i});
            }
            up.get(60, TimeUnit.SECONDS);
            assertThat(down.get(60, TimeUnit.SECONDS)).isEqualTo(large);
            assertThat(map.blocking().get("b")).isEqualTo(large);
            map.blocking().clear();
        }
    }

    @Test
    void slowLine_handshakeAndCallsPassInPieces() {
        try (FaultProxy proxy = tlsProxy();
                FaultProxy line = FaultProxy.to("127.0.0.1", proxy.port())) {
            line.slowDrip(20_000, Direction.TO_CLIENT);
            line.slowDrip(20_000, Direction.TO_MEMBER);
            try (HazelcastClient client = connect(line, t -> {})) {
                works(client);
            }
        }
    }

    @Test
    void lostConnections_areMadeAgain() {
        try (FaultProxy proxy = tlsProxy();
                HazelcastClient client = connect(proxy, t -> {})) {
            works(client);
            for (int i = 0; i < 15; i++) {
                // May be repeated, whatever became of the connection.
                assertThat(client.getMap("m").blocking().get("key")).isEqualTo("value");
                if (i % 2 == 0) {
                    proxy.cut();
                } else {
                    proxy.hangUp();
                }
            }
            assertThat(client.getMap("m").blocking().get("key")).isEqualTo("value");
            assertThat(proxy.connectionsAccepted()).isGreaterThan(10);
        }
    }

    @Test
    void smartRouting_memberTellsTheAddressOfTheProxy_works() {
        try (FaultProxy proxy = tlsProxy();
                HazelcastMember behind = HazelcastMember.builder()
                        .networkXml("<public-address>127.0.0.1:" + proxy.port() + "</public-address>")
                        .start()) {
            proxy.retarget(behind.port());
            try (HazelcastClient client =
                    Clients.connect(proxy.address(), config -> config.tls(t -> t.caFile(caFile)))) {
                works(client);
                assertThat(client.clusterService().members()).hasSize(1);
                Eventually.passes(() -> assertThat(proxy.openConnections()).isEqualTo(1));
            }
        }
    }

    @Test
    void ownContext_isUsed() {
        try (FaultProxy proxy = tlsProxy();
                HazelcastClient client = Clients.connect(
                        proxy.address(),
                        config -> config.smartRouting(false)
                                .tls(t -> t.sslContext(TestCertificate.contextTrusting(certificate))
                                        .checkHostname(true)))) {
            works(client);
        }
    }

    @Test
    void ciphers_ofEitherName_work() {
        for (String cipher : List.of("ECDHE-ECDSA-AES256-GCM-SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")) {
            try (FaultProxy proxy = tlsProxy();
                    HazelcastClient client = connect(proxy, t -> t.ciphers(cipher))) {
                works(client);
            }
        }
    }

    @Test
    void disabled_ignoresTheRest() {
        try (HazelcastClient client = Clients.connect(
                member.address(),
                config -> config.tls(
                        t -> t.enabled(false).caFile("no-such-file.pem").ciphers("nonsense")))) {
            works(client);
        }
    }

    @Test
    void brokenFiles_areAConfigurationError() {
        assertThat(failureOf(member.address(), config -> config.tls(t -> t.caFile("no-such-file.pem"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tls.caFile is \"no-such-file.pem\", but this file does not exist");
    }

    @Test
    void brokenFilesOfSeveralClusters_areReportedTogether() {
        Throwable failure = failureOf(
                member.address(),
                config -> config.tls(t -> t.caFile("no-such-file.pem"))
                        .failoverCluster(other -> other.clusterMembers("a").tls(t -> t.caFile(caFile)))
                        .failoverCluster(other -> other.clusterMembers("b")
                                .tls(t -> t.caFile("missing.pem").protocol(TlsProtocol.SSLv3))));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .satisfiesExactly(
                                        first -> assertThat(first).startsWith("tls.caFile is \"no-such-file.pem\""),
                                        second -> assertThat(second)
                                                .startsWith("failoverCluster[1].tls.caFile is \"missing.pem\""),
                                        third -> assertThat(third)
                                                .startsWith("failoverCluster[1].tls.protocol is SSLv3")));
    }

    // ---- who is who

    @ParameterizedTest
    @EnumSource(names = {"TLSv1_2", "TLSv1_3"})
    void clientCertificate_wantedAndShown_works(TlsProtocol protocol) {
        try (FaultProxy proxy = tlsProxy(certificate.context(List.of(clientCertificate)), true);
                HazelcastClient client = connect(
                        proxy,
                        t -> t.protocol(protocol)
                                .certificateFile(certificateFile)
                                .keyFile(keyFile))) {
            works(client);
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1_2, false", "TLSv1_3, false", "TLSv1_2, true", "TLSv1_3, true"})
    void clientCertificate_missingOrNotTrusted_isToldWithTheOption(TlsProtocol protocol, boolean shown) {
        try (FaultProxy proxy = tlsProxy(certificate.context(List.of(certificate)), true)) {
            Throwable failure = failureOf(proxy, t -> {
                t.protocol(protocol);
                if (shown) {
                    t.certificateFile(certificateFile).keyFile(keyFile);
                }
            });

            assertThat(failure)
                    .isInstanceOf(HazelcastException.class)
                    .hasMessageContaining("client certificate")
                    .hasMessageContaining("tls.certificateFile");
        }
    }

    @Test
    void memberNotTrusted_isToldWithTheOption() throws IOException {
        Path other = Files.writeString(
                caFile.resolveSibling("other.pem"),
                TestCertificate.create("other", Duration.ofDays(-1), Duration.ofDays(2))
                        .certificatePem());
        try (FaultProxy proxy = tlsProxy()) {
            assertThat(failureOf(proxy, t -> t.caFile(other)))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("is not trusted")
                    .hasMessageContaining("Set tls.caFile");
        }
    }

    @Test
    void defaultTrust_doesNotKnowTheMember() {
        try (FaultProxy proxy = tlsProxy()) {
            assertThat(failureOf(proxy.address(), config -> config.tls(t -> {})))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("without tls.caFile the CAs that the JDK trusts count");
        }
    }

    @Test
    void defaultTrust_isTheTrustStoreOfTheJvm() throws Exception {
        Path store = caFile.resolveSibling("trust.p12");
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("member", certificate.certificate());
        try (OutputStream out = Files.newOutputStream(store)) {
            trust.store(out, "secret".toCharArray());
        }
        Path output = caFile.resolveSibling("trust.txt");
        try (FaultProxy proxy = tlsProxy()) {
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-Djavax.net.ssl.trustStore=" + store,
                            "-Djavax.net.ssl.trustStoreType=PKCS12",
                            "-Djavax.net.ssl.trustStorePassword=secret",
                            "-cp",
                            System.getProperty("java.class.path"),
                            DefaultTrust.class.getName(),
                            proxy.address())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                boolean ended = program.waitFor(60, TimeUnit.SECONDS);
                assertThat(ended).as(() -> read(output)).isTrue();
                assertThat(read(output)).contains("trusted v");
            } finally {
                program.destroyForcibly().waitFor();
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void hostName_inTheCertificate_works(String host) {
        try (FaultProxy proxy = tlsProxy();
                HazelcastClient client = connect(host + ":" + proxy.port(), t -> t.checkHostname(true))) {
            works(client);
        }
    }

    @Test
    void hostName_notInTheCertificate_isRefusedOnlyIfChecked() throws IOException {
        TestCertificate elsewhere =
                TestCertificate.create("elsewhere", Duration.ofDays(-1), Duration.ofDays(2), "dns:elsewhere.example");
        Path ca = Files.writeString(caFile.resolveSibling("elsewhere.pem"), elsewhere.certificatePem());
        try (FaultProxy proxy = tlsProxy(elsewhere.context(List.of()), false)) {
            for (String host : List.of("127.0.0.1", "localhost")) {
                assertThat(failureOf(
                                host + ":" + proxy.port(),
                                config -> config.tls(t -> t.caFile(ca).checkHostname(true))))
                        .isInstanceOf(AuthenticationException.class)
                        .hasMessageContaining("is for another host")
                        .hasMessageContaining("tls.serverName");
            }
            try (HazelcastClient client = connect(proxy, t -> t.caFile(ca))) {
                works(client);
            }
            try (HazelcastClient client =
                    connect(proxy, t -> t.caFile(ca).checkHostname(true).serverName("elsewhere.example"))) {
                works(client);
            }
        }
    }

    // ---- what does not fit together

    @Test
    void plainMember_behindAClientWithTls_isToldAsSuch() {
        long begin = System.nanoTime();
        Throwable failure = failureOf(member.address(), config -> config.tls(t -> t.caFile(caFile)));

        assertThat(failure)
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("does not speak TLS at this port");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SLACK);
    }

    @Test
    void plainClient_beforeAMemberWithTls_isToldAsSuch() {
        try (FaultProxy proxy = tlsProxy()) {
            long begin = System.nanoTime();
            Throwable failure = failureOf(proxy.address(), config -> {});

            assertThat(failure).isInstanceOf(ConnectionException.class).hasMessageContaining("speaks TLS");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SLACK);
        }
    }

    @Test
    void noCommonCipher_isToldWithTheOption() {
        try (FaultProxy proxy = tlsProxy()) {
            // The certificate has an EC key: of no use with suites of RSA.
            assertThat(failureOf(proxy, t -> t.protocol(TlsProtocol.TLSv1_2).ciphers("ECDHE-RSA-AES256-GCM-SHA384")))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("tls.ciphers");
        }
    }

    // ---- lines that break

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 100, 500, 800})
    void cutInTheMidstOfTheHandshake_isAFailureToConnect(int position) {
        try (FaultProxy proxy = tlsProxy();
                FaultProxy line = FaultProxy.to("127.0.0.1", proxy.port())) {
            line.corrupt(Direction.TO_CLIENT, (at, value) -> {
                if (at == position) {
                    line.cut();
                }
                return value;
            });
            long begin = System.nanoTime();
            Throwable failure = failureOf(line, t -> {});

            assertThat(failure).isInstanceOf(ConnectionException.class).hasMessageContaining("TLS handshake");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SLACK);
        }
    }

    @Test
    void corruptedHandshake_isAFailureAndTheNextAttemptWorks() {
        try (FaultProxy proxy = tlsProxy();
                FaultProxy line = FaultProxy.to("127.0.0.1", proxy.port())) {
            line.corrupt(Direction.TO_CLIENT, (at, value) -> at == 200 ? (byte) (value ^ 0x55) : value);
            assertThat(failureOf(line, t -> {})).isInstanceOf(HazelcastException.class);

            line.pass();
            try (HazelcastClient client = connect(line, t -> {})) {
                works(client);
            }
        }
    }

    @Test
    void silentDuringTheHandshake_failsAtTheConnectionTimeout() {
        try (FaultProxy proxy = tlsProxy();
                FaultProxy line = FaultProxy.to("127.0.0.1", proxy.port())) {
            line.stall(Direction.TO_CLIENT);
            long begin = System.nanoTime();
            Throwable failure = failureOf(
                    line.address(),
                    config -> config.connectionTimeout(Duration.ofMillis(500)).tls(t -> t.caFile(caFile)));
            Duration took = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(failure)
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("did not finish the TLS handshake")
                    .hasMessageContaining("500 ms (option connectionTimeout)");
            assertThat(took)
                    .isBetween(Duration.ofMillis(500), Duration.ofMillis(500).plus(SLACK));
        }
    }

    @Test
    void silentAfterTheHandshake_failsAtTheConnectionTimeout() {
        try (FaultProxy proxy = tlsProxy()) {
            proxy.stall(Direction.TO_CLIENT);
            Throwable failure = failureOf(
                    proxy.address(),
                    config -> config.connectionTimeout(Duration.ofMillis(500)).tls(t -> t.caFile(caFile)));

            assertThat(failure)
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("did not answer the authentication");
        }
    }
}
