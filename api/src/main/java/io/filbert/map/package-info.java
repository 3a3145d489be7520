// SPDX-License-Identifier: Apache-2.0
/**
 * The distributed map: {@link io.filbert.map.DistributedMap}, which answers with futures and holds the full contract, and
 * {@link io.filbert.map.BlockingDistributedMap}, the same map as a {@link java.util.concurrent.ConcurrentMap}. It knows the
 * errors and what all distributed objects share; no other structure and no implementation.
 */
@NullMarked
package io.filbert.map;

import org.jspecify.annotations.NullMarked;
