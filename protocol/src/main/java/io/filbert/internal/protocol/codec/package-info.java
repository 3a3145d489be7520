// SPDX-License-Identifier: Apache-2.0
/**
 * One class per message with static methods that encode and decode it, for the client's side and for the member's side.
 * Nearly all of it is generated from {@code src/main/schema}. Must not know what messages are for.
 */
@org.jspecify.annotations.NullMarked
package io.filbert.internal.protocol.codec;
