// SPDX-License-Identifier: Apache-2.0
/**
 * The one place where a thread of the user waits for the cluster. The blocking views of the public interfaces call
 * {@link io.filbert.internal.blocking.Await}, the engine completes {@link io.filbert.internal.blocking.ClientFuture}s,
 * and the two meet here so that a reply can wake its waiter directly. This package is not exported to users and knows
 * neither sockets nor structures.
 */
@NullMarked
package io.filbert.internal.blocking;

import org.jspecify.annotations.NullMarked;
