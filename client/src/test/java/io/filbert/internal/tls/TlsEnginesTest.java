// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.cluster.Address;
import io.filbert.config.ClientConfig;
import io.filbert.config.TlsConfig;
import io.filbert.config.TlsProtocol;
import io.filbert.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsEnginesTest {

    private static final Address NAMED = new Address("localhost", 5701);
    private static final TestIdentity IDENTITY = TestIdentity.forLoopback();

    private final Path directory;

    TlsEnginesTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static TlsConfig config(Consumer<TlsConfig.Builder> options) {
        return ClientConfig.builder().tls(options).build().tls();
    }

    private static SSLEngine engine(Consumer<TlsConfig.Builder> options) {
        return TlsEngines.of(config(options)).engine(NAMED);
    }

    private static void assertProblems(Consumer<TlsConfig.Builder> options, String... parts) {
        assertThatThrownBy(() -> TlsEngines.of(config(options)))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> {
                    assertThat(e.problems()).hasSize(parts.length);
                    for (int i = 0; i < parts.length; i++) {
                        assertThat(e.problems().get(i)).contains(parts[i].split("\\|"));
                    }
                });
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    // ---- what engines are like

    /** TLS 1.2 alone was offered, which members that require TLS 1.3 refuse. */
    @Test
    void engine_nothingSaid_offersTls13And12AsAClient() {
        SSLEngine engine = engine(t -> {});

        assertThat(engine.getUseClientMode()).isTrue();
        assertThat(engine.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
        assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isNullOrEmpty();
    }

    @Test
    void engine_ciphersOfTls13Only_needNoProtocol() {
        assertThat(engine(t -> t.ciphers("TLS_AES_128_GCM_SHA256")).getEnabledCipherSuites())
                .containsExactly("TLS_AES_128_GCM_SHA256");
    }

    @Test
    void engine_protocol_isTheOnlyOne() {
        assertThat(engine(t -> t.protocol(TlsProtocol.TLSv1_3)).getEnabledProtocols())
                .containsExactly("TLSv1.3");
    }

    @ParameterizedTest
    @EnumSource(names = {"SSLv2", "SSLv3", "TLSv1", "TLSv1_1"})
    void of_protocolThatTheJdkRefuses_isAProblem(TlsProtocol protocol) {
        assertProblems(t -> t.protocol(protocol), "tls.protocol is " + protocol + "|jdk.tls.disabledAlgorithms");
    }

    @Test
    void of_brokenFileAndProtocolThatTheJdkRefuses_areBothReported() {
        assertProblems(
                t -> t.caFile("no-such-file.pem").protocol(TlsProtocol.SSLv3),
                "tls.caFile is|does not exist",
                "tls.protocol is SSLv3|jdk.tls.disabledAlgorithms");
    }

    @Test
    void engine_ciphers_areOfferedInOrder() {
        assertThat(engine(t -> t.ciphers("ECDHE-RSA-AES256-GCM-SHA384:TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))
                        .getEnabledCipherSuites())
                .startsWith("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
                .filteredOn(suite -> !CipherNames.isOfTls13(suite))
                .hasSize(2);
    }

    /** The example of the Python client: names of TLS 1.2 suites together with TLS 1.3, whose suites they leave alone. */
    @Test
    void engine_tls13WithCiphersOfTls12_offersThoseOfTls13() {
        SSLEngine engine =
                engine(t -> t.protocol(TlsProtocol.TLSv1_3).ciphers("DHE-RSA-AES128-SHA:DHE-RSA-AES256-SHA"));

        assertThat(engine.getEnabledCipherSuites())
                .contains("TLS_AES_256_GCM_SHA384", "TLS_DHE_RSA_WITH_AES_128_CBC_SHA");
    }

    @Test
    void engine_ciphersOfTls13_areTheOnlyOnes() {
        assertThat(engine(t -> t.protocol(TlsProtocol.TLSv1_3).ciphers("TLS_AES_128_GCM_SHA256"))
                        .getEnabledCipherSuites())
                .containsExactly("TLS_AES_128_GCM_SHA256");
    }

    @Test
    void of_unknownCiphers_areNamed() {
        assertProblems(
                t -> t.ciphers("HIGH:ECDHE-RSA-AES256-GCM-SHA384", "AES-17"),
                "tls.ciphers names \"HIGH\"|keywords",
                "tls.ciphers names \"AES-17\"");
    }

    @Test
    void of_ciphersOfAnotherVersion_areAProblem() {
        assertProblems(
                t -> t.protocol(TlsProtocol.TLSv1_2).ciphers("TLS_AES_128_GCM_SHA256"),
                "tls.protocol is TLSv1_2 and tls.ciphers is [TLS_AES_128_GCM_SHA256]");
    }

    @Test
    void engine_checkHostname_isTheCheckOfHttps() {
        assertThat(engine(t -> t.checkHostname(true)).getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "member", "member-1.example.com"})
    void engine_addressIsAName_asksForIt(String host) {
        SSLEngine engine = TlsEngines.of(config(t -> {})).engine(new Address(host, 1));

        assertThat(engine.getSSLParameters().getServerNames()).containsExactly(new SNIHostName(host));
        assertThat(engine.getPeerHost()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "fe80::1%eth0"})
    void engine_addressIsLiteral_asksForNothing(String host) {
        SSLEngine engine = TlsEngines.of(config(t -> {})).engine(new Address(host, 1));

        assertThat(engine.getSSLParameters().getServerNames()).isNullOrEmpty();
    }

    @Test
    void engine_serverName_isAskedForAndExpected() {
        SSLEngine engine =
                TlsEngines.of(config(t -> t.serverName("cluster.example.com"))).engine(new Address("10.0.0.1", 1));

        assertThat(engine.getSSLParameters().getServerNames()).containsExactly(new SNIHostName("cluster.example.com"));
        assertThat(engine.getPeerHost()).isEqualTo("cluster.example.com");
    }

    @Test
    void engine_ownContext_isUsedAsItIs() throws Exception {
        SSLContext context = IDENTITY.context();

        assertThat(engine(t -> t.sslContext(context)).getEnabledProtocols())
                .isEqualTo(context.getDefaultSSLParameters().getProtocols());
        assertThat(engine(t -> t.sslContext(context).protocol(TlsProtocol.TLSv1_3))
                        .getEnabledProtocols())
                .containsExactly("TLSv1.3");
    }

    // ---- files

    @Test
    void of_allFiles_areRead() throws IOException {
        Path ca = file(
                "ca.pem",
                TestIdentity.authority("CN=a").chainPem()
                        + TestIdentity.authority("CN=b").chainPem());
        Path both = file("both.pem", IDENTITY.keyPem() + IDENTITY.chainPem());
        Path certificate = file("certificate.pem", IDENTITY.chainPem());
        Path key = file("key.pem", IDENTITY.keyPem());

        assertThat(TlsEngines.of(config(t -> t.caFile(ca).certificateFile(both))))
                .isNotNull();
        assertThat(TlsEngines.of(config(t -> t.certificateFile(certificate).keyFile(key))))
                .isNotNull();
        assertThat(TlsEngines.of(config(t -> t.caFile(ca.toString())
                        .certificateFile(certificate.toString())
                        .keyFile(key.toString()))))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void of_eachKindOfKey_belongsToItsCertificate(String algorithm) throws IOException {
        TestIdentity authority = TestIdentity.authority("CN=authority");
        TestIdentity identity = authority.issue(TestIdentity.keys(algorithm, null), "CN=client");
        Path both = file("both.pem", identity.chainPem() + identity.keyPem());

        assertThat(TlsEngines.of(config(t -> t.certificateFile(both)))).isNotNull();
    }

    @Test
    void of_keyOfAnother_isAProblem() throws IOException {
        Path certificate = file("certificate.pem", IDENTITY.chainPem());
        Path key = file("key.pem", TestIdentity.forLoopback().keyPem());
        Path rsa = file(
                "rsa.pem",
                TestIdentity.pem("PRIVATE KEY", TestIdentity.rsa().getPrivate().getEncoded()));

        assertProblems(
                t -> t.certificateFile(certificate).keyFile(key),
                "tls.certificateFile is \"" + certificate + "\"|CN=loopback|" + key);
        assertProblems(t -> t.certificateFile(certificate).keyFile(rsa), "is not the one of the private key");
    }

    @Test
    void of_issuerBeforeTheCertificate_isAProblem() throws IOException {
        TestIdentity identity = TestIdentity.authority("CN=authority").issue(TestIdentity.ec(), "CN=client");
        String reversed = TestIdentity.pem(identity.chain().get(1)) + TestIdentity.pem(identity.certificate());
        Path both = file("both.pem", reversed + identity.keyPem());

        assertProblems(t -> t.certificateFile(both), "its own certificate before those of its issuers");
    }

    @Test
    void of_brokenFiles_areAllReportedAtOnce() throws IOException {
        Path missing = directory.resolve("missing.pem");
        Path der = file("certificate.der", "0\u0082\u0001");
        Path key = file("key.pem", "-----BEGIN PRIVATE KEY-----\nMIIB");

        assertProblems(
                t -> t.caFile(missing).certificateFile(der).keyFile(key),
                "tls.certificateFile is \"" + der + "\"|is not in PEM form",
                "tls.keyFile is \"" + key + "\"|is cut off",
                "tls.caFile is \"" + missing + "\"|does not exist");
    }

    @Test
    void of_caFileWithoutCertificate_isAProblem() throws IOException {
        Path key = file("key.pem", IDENTITY.keyPem());
        Path damaged = file("damaged.pem", TestIdentity.pem("CERTIFICATE", new byte[40]));

        assertProblems(t -> t.caFile(key), "tls.caFile|holds no certificate");
        assertProblems(t -> t.caFile(damaged), "tls.caFile|a certificate that cannot be read, number 1");
        assertProblems(t -> t.caFile(directory), "tls.caFile|cannot be read");
    }

    @Test
    void of_certificateWithoutKey_isAProblem() throws IOException {
        Path certificate = file("certificate.pem", IDENTITY.chainPem());

        assertProblems(
                t -> t.certificateFile(certificate), "tls.certificateFile|holds no private key|without tls.keyFile");
    }

    @Test
    void engine_everySuiteOfTheJdk_isKnownByBothNames() throws Exception {
        String[] supported = SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites();
        CipherNames names = new CipherNames(supported);

        for (String suite : supported) {
            String openSsl = CipherNames.openSslName(suite);
            List<String> both = openSsl == null ? List.of(suite) : List.of(openSsl, suite);
            List<String> unknown = new ArrayList<>();
            assertThat(names.resolve(both, unknown))
                    .as(Arrays.toString(both.toArray()))
                    .containsExactly(suite);
            assertThat(unknown).isEmpty();
        }
    }
}
