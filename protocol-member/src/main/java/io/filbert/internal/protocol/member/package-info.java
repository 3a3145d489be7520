// SPDX-License-Identifier: Apache-2.0
/**
 * The member's side of every message: decodes requests, encodes responses and events. Generated from the schema of the
 * {@code protocol} module and kept out of it, because clients would carry it for nothing. Must not know what messages
 * are for.
 */
@org.jspecify.annotations.NullMarked
package io.filbert.internal.protocol.member;
