// SPDX-License-Identifier: Apache-2.0
/**
 * Records for the composite values messages carry, and the named numbers of the protocol. Plain values: how they travel
 * is known to the codecs only, and what they mean to the rooms above.
 */
@org.jspecify.annotations.NullMarked
package io.filbert.internal.protocol.type;
