// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.config.HeartbeatConfig;
import io.filbert.error.OperationTimeoutException;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.connection.ConnectionCall;
import io.filbert.internal.protocol.codec.ClientPingCodec;
import io.filbert.internal.runtime.ClientLog;
import io.filbert.internal.runtime.RareLog;
import io.filbert.internal.transport.UnfinishedMessage;

/**
 * Pings connections that are quiet in one direction, and closes those that are of no use any more. Run by the
 * timer.
 *
 * <p>Any byte read is a sign of life, so a long answer on its way keeps its connection alive. But bytes may arrive and make no message: a
 * length that was changed on the way swallows all that follows until it is filled. So a ping without answer, while for as long no message
 * was complete, is looked into. If the answer to the ping lies inside of the message that is supposedly still arriving, its length is wrong:
 * nothing else holds these bytes. A message that is only skipped, because it is too long, is not waited for either: nothing can be found in
 * it, and no call needs it. Otherwise the message may really be a long one: it is waited for unless it would take {@link #LONGEST_WAIT} more
 * timeouts at the pace it has.
 *
 * <p>After the whole process stood still (suspended, or starved of processor time) silence counts from its return: what members sent
 * meanwhile has not been read yet.
 */
final class Heartbeat {

    private static final int LONGEST_WAIT = 10;

    private final RareLog log;
    private final HeartbeatConfig config;
    private final Routes routes;
    private long awakeSinceNanos = System.nanoTime();
    private long lastBeatNanos = awakeSinceNanos;

    Heartbeat(ClientLog log, HeartbeatConfig config, Routes routes) {
        this.log = new RareLog(log);
        this.config = config;
        this.routes = routes;
    }

    void beat() {
        long now = System.nanoTime();
        if (now - lastBeatNanos
                > config.interval().plus(config.timeout().dividedBy(2)).toNanos()) {
            awakeSinceNanos = now;
        }
        lastBeatNanos = now;
        for (Connection connection : routes.active()) {
            long silence = Math.min(now - connection.lastReadNanos(), now - awakeSinceNanos);
            if (silence > config.timeout().toNanos()) {
                close(connection, "No bytes came for " + config.timeout().toMillis() + " ms", "Heartbeat timed out");
            } else if (now - connection.lastWriteNanos() >= config.interval().toNanos()
                    || now - connection.lastMessageNanos() >= config.interval().toNanos()) {
                ping(connection);
            }
        }
    }

    private void ping(Connection connection) {
        long bytesBefore = connection.bytesRead();
        ConnectionCall<Connection> ping = connection.call(
                ClientPingCodec.REQUEST,
                ClientPingCodec.encodeRequest(),
                response -> connection,
                config.timeout(),
                null);
        ping.whenComplete((answered, failure) -> {
            if (failure instanceof OperationTimeoutException && !messagesCome(connection)) {
                connection.examineUnfinished(
                        ClientPingCodec.RESPONSE_TYPE,
                        ping.correlationId(),
                        message -> judge(connection, message, connection.bytesRead() - bytesBefore));
            }
        });
    }

    /** Whether the answer to the ping may just have to wait for its turn. */
    private boolean messagesCome(Connection connection) {
        return System.nanoTime() - connection.lastMessageNanos()
                < config.timeout().toNanos();
    }

    private void judge(Connection connection, UnfinishedMessage message, long bytesSincePing) {
        String silence = "No message was complete for " + config.timeout().toMillis() + " ms, although bytes came";
        if (message.skipped() && !messagesCome(connection)) {
            close(
                    connection,
                    silence + ": a message too long to be read, " + message.announced()
                            + " bytes so far, had not ended yet",
                    "Heartbeat is held up");
        } else if (message.holdsSought()) {
            close(connection, silence + ": bytes were lost or changed on the way", "Heartbeat is out of step");
        } else if (!messagesCome(connection)
                && (message.announced() - message.bytes()) / LONGEST_WAIT > bytesSincePing) {
            close(
                    connection,
                    silence + ": " + bytesSincePing + " of a message that lacks "
                            + (message.announced() - message.bytes()),
                    "Heartbeat is too slow");
        }
    }

    private void close(Connection connection, String what, String finding) {
        log.warning(
                connection.address(),
                what + " on " + connection
                        + " (option heartbeatTimeout): closing it and connecting again. If this goes on,"
                        + " look at the network and at the member's load and pauses");
        connection.close(finding + " after " + config.timeout().toMillis() + " ms", null);
    }
}
