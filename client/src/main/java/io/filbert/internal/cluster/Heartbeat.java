// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.config.HeartbeatConfig;
import io.filbert.internal.connection.Connection;
import io.filbert.internal.protocol.codec.ClientPingCodec;
import io.filbert.internal.runtime.ClientLog;

/**
 * Pings connections that have been idle, and closes those from which not a single byte came for the heartbeat timeout. Any
 * byte read counts, so a long answer on its way keeps its connection alive. After the whole process stood still (suspended, or
 * starved of processor time) silence counts from its return: what members sent meanwhile has not been read yet. Run by the timer.
 */
final class Heartbeat {

    private final ClientLog log;
    private final HeartbeatConfig config;
    private final Routes routes;
    private long awakeSinceNanos = System.nanoTime();
    private long lastBeatNanos = awakeSinceNanos;

    Heartbeat(ClientLog log, HeartbeatConfig config, Routes routes) {
        this.log = log;
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
                log.warning("No bytes from " + connection + " for "
                        + config.timeout().toMillis() + " ms (option heartbeatTimeout): closing it");
                connection.close("Heartbeat timed out after " + config.timeout().toMillis() + " ms", null);
            } else if (now - connection.lastWriteNanos() >= config.interval().toNanos()) {
                connection.call(
                        ClientPingCodec.REQUEST,
                        ClientPingCodec.encodeRequest(),
                        response -> connection,
                        config.timeout(),
                        null);
            }
        }
    }
}
