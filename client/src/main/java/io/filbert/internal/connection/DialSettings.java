// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.internal.tls.TlsEngines;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How connections are opened.
 *
 * @param timeout for resolving, connecting, the TLS handshake and authenticating together
 * @param socketOptions set after the built-in ones
 * @param maxMessageBytes a longer incoming message is not read; before authentication it closes the connection
 * @param tls makes the engine of each connection, null for connections without TLS
 */
public record DialSettings(
        Duration timeout,
        Map<SocketOption<?>, Object> socketOptions,
        int maxMessageBytes,
        @Nullable TlsEngines tls) {}
