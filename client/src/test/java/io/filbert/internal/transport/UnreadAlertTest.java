// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.internal.tls.TestIdentity;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnreadAlertTest {

    private static final TestIdentity IDENTITY = TestIdentity.forLoopback();

    private SSLEngine client;
    private SSLEngine member;

    @BeforeEach
    void makeEngines() {
        client = TestIdentity.trusting(IDENTITY.certificate()).createSSLEngine("127.0.0.1", 1);
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {"TLSv1.2"});
        member = IDENTITY.context().createSSLEngine();
        member.setUseClientMode(false);
        member.setNeedClientAuth(true);
    }

    @Test
    void find_memberRefusedWhileTheClientWasWriting_tellsTheAlert() throws SSLException {
        pass(client, member);
        while (pass(member, client) == HandshakeStatus.NEED_WRAP) {
            // All that the member says first.
        }
        assertThat(pass(client, member)).as("the client has more to say").isEqualTo(HandshakeStatus.NEED_WRAP);
        assertThatThrownBy(() -> wrapped(member)).as("the refusal").isInstanceOf(SSLException.class);
        ByteBuffer alert = wrapped(member);

        assertThat(UnreadAlert.find(client, socketWith(alert)))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("Received fatal alert");
    }

    @Test
    void find_nothingArrived_isUnknown() throws SSLException {
        pass(client, member);

        assertThat(UnreadAlert.find(client, socketWith(ByteBuffer.allocate(0)))).isNull();
    }

    @Test
    void find_partOfARecord_isUnknown() throws SSLException {
        pass(client, member);
        ByteBuffer answer = wrapped(member);
        answer.limit(answer.limit() - 1);

        assertThat(UnreadAlert.find(client, socketWith(answer))).isNull();
    }

    @Test
    void find_restOfARecord_isUnknown() throws SSLException {
        pass(client, member);
        ByteBuffer answer = wrapped(member);
        answer.position(answer.position() + 7);

        assertThat(UnreadAlert.find(client, socketWith(answer))).isNull();
    }

    @Test
    void find_socketFails_isUnknown() throws Exception {
        pass(client, member);
        ReadableByteChannel closed = socketWith(wrapped(member));
        closed.close();

        assertThat(UnreadAlert.find(client, closed)).isNull();
    }

    /** One record from one to the other, and what that one does next. */
    private static HandshakeStatus pass(SSLEngine from, SSLEngine to) throws SSLException {
        ByteBuffer record = wrapped(from);
        while (record.hasRemaining()) {
            to.unwrap(record, ByteBuffer.allocate(40_000));
            HandshakeStatus ignored = status(to);
        }
        return status(from);
    }

    private static ByteBuffer wrapped(SSLEngine engine) throws SSLException {
        ByteBuffer record = ByteBuffer.allocate(40_000);
        engine.wrap(ByteBuffer.allocate(0), record);
        return record.flip();
    }

    private static HandshakeStatus status(SSLEngine engine) {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            Objects.requireNonNull(engine.getDelegatedTask()).run();
        }
        return engine.getHandshakeStatus();
    }

    private static ReadableByteChannel socketWith(ByteBuffer bytes) {
        return Channels.newChannel(
                new ByteArrayInputStream(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining()));
    }
}
