// SPDX-License-Identifier: Apache-2.0
/**
 * One authenticated connection to one member and the table of replies it owes. This room sends messages and matches replies,
 * events and backup acks to who waits for them; it knows how to dial and authenticate, but not which member to dial, when to
 * try again, or what a structure is. What it learns about the cluster it reports upwards through
 * {@link io.filbert.internal.connection.ConnectionListener}.
 */
@NullMarked
package io.filbert.internal.connection;

import org.jspecify.annotations.NullMarked;
