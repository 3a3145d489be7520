// SPDX-License-Identifier: Apache-2.0
/**
 * Client messages as bytes: cutting them out of a stream, reading and writing their frames, and the serialized form of
 * objects. Imports nothing but the JDK. Must not know connections, members, or what a message is for; that a
 * {@link io.filbert.internal.protocol.RequestType} is retryable is a fact it carries, not a decision it takes.
 */
@org.jspecify.annotations.NullMarked
package io.filbert.internal.protocol;
