// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.testkit.FaultProxy.Direction;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NoLeaks
@Timeout(30)
class TlsProxyTest {

    private static TestCertificate member;
    private static TestCertificate client;

    @BeforeAll
    static void makeCertificates() {
        member = TestCertificate.forLoopback();
        client = TestCertificate.forLoopback();
    }

    @Test
    void trustedMember_isReachedWithTls_andPlainBehindTheProxy() throws IOException {
        try (EchoPeer peer = new EchoPeer(1);
                FaultProxy proxy = FaultProxy.tlsTo("127.0.0.1", peer.port(), member.context(List.of()), false);
                SSLSocket socket = connect(proxy, TestCertificate.contextTrusting(member))) {
            assertThat(echo(socket, "abc")).isEqualTo("bcd");
            assertThat(proxy.bytes(Direction.TO_MEMBER)).as("plain bytes").isEqualTo(3);
            assertThat(socket.getSession().getPeerCertificates()).containsExactly(member.certificate());

            proxy.stall(Direction.TO_CLIENT);
            socket.getOutputStream().write('x');
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            proxy.cut();
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void unknownMember_isRefusedByTheClient() throws IOException {
        try (EchoPeer peer = new EchoPeer(0);
                FaultProxy proxy = FaultProxy.tlsTo("127.0.0.1", peer.port(), member.context(List.of()), false);
                SSLSocket socket = connect(proxy, TestCertificate.contextTrusting(client))) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void otherName_isRefusedByTheClient() throws IOException {
        TestCertificate elsewhere =
                TestCertificate.create("x", Duration.ofDays(-1), Duration.ofDays(2), "dns:elsewhere");
        try (EchoPeer peer = new EchoPeer(0);
                FaultProxy proxy = FaultProxy.tlsTo("127.0.0.1", peer.port(), elsewhere.context(List.of()), false);
                SSLSocket socket = connect(proxy, TestCertificate.contextTrusting(elsewhere))) {
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void clientCertificate_isAskedFor() throws IOException {
        try (EchoPeer peer = new EchoPeer(0);
                FaultProxy proxy = FaultProxy.tlsTo("127.0.0.1", peer.port(), member.context(List.of(client)), true)) {
            try (SSLSocket socket = connect(proxy, client.context(List.of(member)))) {
                assertThat(echo(socket, "abc")).isEqualTo("abc");
            }
            try (SSLSocket socket = connect(proxy, TestCertificate.contextTrusting(member))) {
                // TLS 1.3 tells the client only after its first bytes.
                assertThatThrownBy(() -> echo(socket, "abc")).isInstanceOf(IOException.class);
            }
            assertThat(proxy.bytes(Direction.TO_MEMBER)).isEqualTo(3);
        }
    }

    @Test
    void pem_describesCertificateAndKey() {
        assertThat(member.certificatePem()).startsWith("-----BEGIN CERTIFICATE-----\n");
        assertThat(member.privateKeyPem()).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(member.toString()).contains("CN=filbert-test");
    }

    private static SSLSocket connect(FaultProxy proxy, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", proxy.port());
        socket.setSoTimeout(10_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static String echo(SSLSocket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        byte[] answer = socket.getInputStream().readNBytes(text.length());
        if (answer.length < text.length()) {
            throw new IOException("Closed after " + answer.length + " bytes");
        }
        return new String(answer, StandardCharsets.US_ASCII);
    }
}
