// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.cluster.Address;
import io.filbert.config.ClientConfig;
import io.filbert.config.TlsConfig;
import io.filbert.config.TlsProtocol;
import io.filbert.error.AuthenticationException;
import io.filbert.error.ConnectionException;
import io.filbert.error.HazelcastException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What real handshakes, between two engines in memory, fail with, and what becomes of it. */
class HandshakeFailureTest {

    private static final Address ADDRESS = new Address("127.0.0.1", 5701);
    private static final TestIdentity AUTHORITY = TestIdentity.authority("CN=authority");
    private static final TestIdentity MEMBER = AUTHORITY.issue(TestIdentity.ec(), "CN=member");

    /** Two engines that exchange what they write until both are done or one fails. */
    private static final class Pair {

        private final SSLEngine client;
        private final SSLEngine member;
        private ByteBuffer toMember = ByteBuffer.allocate(0);
        private ByteBuffer toClient = ByteBuffer.allocate(0);

        Pair(SSLEngine client, SSLEngine member) {
            this.client = client;
            this.member = member;
        }

        /** What the client's engine failed with; null if the handshake succeeded, the member's last word included. */
        @Nullable
        SSLException shakeHands() {
            for (int round = 0; round < 20; round++) {
                try {
                    toMember = append(toMember, step(client, toClient));
                } catch (SSLException e) {
                    return e;
                }
                try {
                    toClient = append(toClient, step(member, toMember));
                } catch (SSLException e) {
                    toClient = append(toClient, lastWords(member));
                }
            }
            return null;
        }

        private static ByteBuffer step(SSLEngine engine, ByteBuffer in) throws SSLException {
            ByteBuffer out = ByteBuffer.allocate(100_000);
            ByteBuffer plain = ByteBuffer.allocate(40_000);
            if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING && !in.hasRemaining()) {
                engine.wrap(ByteBuffer.allocate(0), out);
            }
            for (int i = 0; i < 20; i++) {
                switch (engine.getHandshakeStatus()) {
                    case NEED_TASK ->
                        Objects.requireNonNull(engine.getDelegatedTask()).run();
                    case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
                    default -> {
                        if (in.hasRemaining() && !engine.isInboundDone()) {
                            engine.unwrap(in, plain);
                        }
                    }
                }
            }
            return out.flip();
        }

        private static ByteBuffer lastWords(SSLEngine engine) {
            ByteBuffer out = ByteBuffer.allocate(40_000);
            try {
                while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                        && engine.wrap(ByteBuffer.allocate(0), out).bytesProduced() > 0) {
                    // All of them.
                }
            } catch (SSLException e) {
                // It has said what it had to say.
            }
            return out.flip();
        }

        private static ByteBuffer append(ByteBuffer first, ByteBuffer second) {
            ByteBuffer both = ByteBuffer.allocate(first.remaining() + second.remaining());
            return both.put(first).put(second).flip();
        }
    }

    private static @Nullable SSLException failure(
            SSLContext trust, Consumer<TlsConfig.Builder> options, TestIdentity identity, Consumer<SSLEngine> member) {
        TlsConfig config = ClientConfig.builder()
                .tls(t -> t.sslContext(trust))
                .tls(options)
                .build()
                .tls();
        SSLEngine server = identity.context(AUTHORITY.certificate()).createSSLEngine();
        server.setUseClientMode(false);
        member.accept(server);
        return new Pair(TlsEngines.of(config).engine(ADDRESS), server).shakeHands();
    }

    private static HazelcastException explained(
            SSLContext trust, Consumer<TlsConfig.Builder> options, TestIdentity identity, Consumer<SSLEngine> member) {
        SSLException failure = failure(trust, options, identity, member);
        assertThat(failure).as("the handshake should fail").isNotNull();
        return Objects.requireNonNull(HandshakeFailure.explain(ADDRESS, false, failure));
    }

    private static SSLContext trust() {
        return TestIdentity.trusting(AUTHORITY.certificate());
    }

    @Test
    void handshake_everythingRight_succeeds() {
        assertThat(failure(trust(), t -> t.checkHostname(true), MEMBER, server -> {}))
                .isNull();
    }

    @Test
    void explain_unknownAuthority_asksForTheCaFile() {
        SSLContext other =
                TestIdentity.trusting(TestIdentity.authority("CN=other").certificate());

        assertThat(explained(other, t -> {}, MEMBER, server -> {}))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageStartingWith(
                        "TLS with member 127.0.0.1:5701 failed: the certificate of the member is not trusted")
                .hasMessageContaining("Set tls.caFile")
                .hasRootCauseInstanceOf(CertPathBuilderException.class);
    }

    @Test
    void explain_expiredAndFutureCertificates_nameTheDate() {
        for (int day : new int[] {-10, 10}) {
            TestIdentity identity =
                    AUTHORITY.issue(TestIdentity.ec(), "CN=member", Duration.ofDays(day), Duration.ofDays(day + 5));

            assertThat(explained(trust(), t -> {}, identity, server -> {}))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("is not valid today")
                    .hasMessageContaining("clock");
        }
    }

    @Test
    void explain_otherHost_namesTheWaysOut() {
        assertThat(explained(trust(), t -> t.checkHostname(true).serverName("other.example"), MEMBER, server -> {}))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("is for another host")
                .hasMessageContaining("tls.serverName")
                .hasMessageContaining("tls.checkHostname(false)");
    }

    @Test
    void explain_noCommonProtocol_namesTheOption() {
        assertThat(explained(
                        trust(),
                        t -> t.protocol(TlsProtocol.TLSv1_3),
                        MEMBER,
                        server -> server.setEnabledProtocols(new String[] {"TLSv1.2"})))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("tls.protocol");
        assertThat(explained(
                        trust(),
                        t -> t.protocol(TlsProtocol.TLSv1_2),
                        MEMBER,
                        server -> server.setEnabledProtocols(new String[] {"TLSv1.3"})))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("tls.protocol");
    }

    @Test
    void explain_noCommonCipher_namesTheOption() {
        assertThat(explained(
                        trust(),
                        t -> t.protocol(TlsProtocol.TLSv1_2).ciphers("ECDHE-ECDSA-AES256-GCM-SHA384"),
                        MEMBER,
                        server -> server.setEnabledCipherSuites(
                                new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"})))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("tls.ciphers");
    }

    @Test
    void explain_noClientCertificate_namesTheOption() {
        for (TlsProtocol protocol : new TlsProtocol[] {TlsProtocol.TLSv1_2, TlsProtocol.TLSv1_3}) {
            assertThat(explained(trust(), t -> t.protocol(protocol), MEMBER, server -> server.setNeedClientAuth(true)))
                    .as(protocol.toString())
                    .isInstanceOf(AuthenticationException.class)
                    // Newer JDKs answer with an alert of TLS 1.2 that may mean other things too.
                    .hasMessageContaining("requires a client certificate")
                    .hasMessageContaining("tls.certificateFile");
        }
    }

    @Test
    void handshake_clientCertificate_isShown() {
        TestIdentity client = AUTHORITY.issue(TestIdentity.rsa(), "CN=client");
        SSLContext context = client.context(AUTHORITY.certificate());

        for (TlsProtocol protocol : new TlsProtocol[] {TlsProtocol.TLSv1_2, TlsProtocol.TLSv1_3}) {
            assertThat(failure(context, t -> t.protocol(protocol), MEMBER, server -> server.setNeedClientAuth(true)))
                    .isNull();
        }
    }

    @Test
    void explain_answerIsNotTls_saysSo() throws SSLException {
        SSLEngine engine =
                TlsEngines.of(ClientConfig.builder().tls(t -> {}).build().tls()).engine(ADDRESS);
        engine.beginHandshake();
        engine.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(20_000));
        SSLException failure = null;
        try {
            engine.unwrap(
                    ByteBuffer.wrap("HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII)),
                    ByteBuffer.allocate(20_000));
        } catch (SSLException e) {
            failure = e;
        }

        assertThat(HandshakeFailure.explain(ADDRESS, false, failure))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("The member does not speak TLS at this port");
    }

    @Test
    void explain_lostConnection_dependsOnWhen() {
        IOException lost = new EOFException("the member closed the connection");

        assertThat(HandshakeFailure.explain(ADDRESS, false, lost))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("during the TLS handshake")
                .hasMessageContaining("does not speak TLS")
                .hasMessageContaining("client certificate")
                .hasMessageContaining("tls.certificateFile");
        assertThat(HandshakeFailure.explain(ADDRESS, true, lost))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("right after the TLS handshake")
                .hasMessageContaining("tls.certificateFile");
    }

    @Test
    void explain_somethingElse_isLeftToOthers() {
        assertThat(HandshakeFailure.explain(ADDRESS, false, null)).isNull();
        assertThat(HandshakeFailure.explain(ADDRESS, false, new IllegalStateException()))
                .isNull();
    }
}
