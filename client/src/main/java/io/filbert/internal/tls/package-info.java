// SPDX-License-Identifier: Apache-2.0
/**
 * From the options of TLS to an {@link javax.net.ssl.SSLEngine} for one connection: reads PEM files and private keys, knows the
 * OpenSSL names of cipher suites, and tells in words what to do when a handshake failed. This room knows neither sockets nor
 * messages; the engines are driven by the transport above it.
 */
@NullMarked
package io.filbert.internal.tls;

import org.jspecify.annotations.NullMarked;
