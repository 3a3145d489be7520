// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import java.net.SocketOption;
import java.time.Duration;
import java.util.Map;

/**
 * How connections are opened.
 *
 * @param timeout for resolving, connecting and authenticating together
 * @param socketOptions set after the built-in ones
 * @param maxMessageBytes a longer incoming message closes the connection
 */
public record DialSettings(Duration timeout, Map<SocketOption<?>, Object> socketOptions, int maxMessageBytes) {}
