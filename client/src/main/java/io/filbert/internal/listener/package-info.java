// SPDX-License-Identifier: Apache-2.0
/**
 * Registrations for events of the cluster, which survive the loss of connections: each is made on every connection, again on each new
 * one, and its events reach the listener in order, one at a time, on the callback executor. Knows no structure and no kind of event.
 */
@NullMarked
package io.filbert.internal.listener;

import org.jspecify.annotations.NullMarked;
