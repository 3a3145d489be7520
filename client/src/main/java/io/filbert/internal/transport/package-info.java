// SPDX-License-Identifier: Apache-2.0
/**
 * Sockets and bytes: the I/O thread, the channel with its hybrid writer, and the buffer that incoming messages are cut
 * from. This room knows message boundaries but neither members, nor correlation ids, nor what a message means; what arrives
 * and what breaks is reported to the {@link io.filbert.internal.transport.ChannelHandler} given at construction.
 */
@NullMarked
package io.filbert.internal.transport;

import org.jspecify.annotations.NullMarked;
