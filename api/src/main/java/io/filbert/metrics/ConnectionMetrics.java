// SPDX-License-Identifier: Apache-2.0
package io.filbert.metrics;

/**
 * Connections of the client to all members together. Counts are since the client was made; those of bytes and messages include connections
 * that are gone and, for what passed before it was refused, those that never came to be used.
 *
 * @param open connections in use now
 * @param opened connections that came into use
 * @param lost of these, the ones that ended, other than by {@code close} of the client
 * @param failedAttempts attempts to connect that failed
 * @param reconnects how often the client found its cluster again after it had lost all connections
 * @param bytesSent bytes written to sockets, with TLS before encryption
 * @param bytesReceived bytes read from sockets, with TLS after decryption
 * @param messagesSent requests, pings and the client's own messages written
 * @param messagesReceived responses, events and backup acks read
 * @param bytesQueued bytes of messages that wait to be written now
 */
public record ConnectionMetrics(
        int open,
        long opened,
        long lost,
        long failedAttempts,
        long reconnects,
        long bytesSent,
        long bytesReceived,
        long messagesSent,
        long messagesReceived,
        long bytesQueued) {}
