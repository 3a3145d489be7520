// SPDX-License-Identifier: Apache-2.0
/**
 * The distributed map: {@link io.filbert.map.DistributedMap}, which answers with futures and holds the full contract, and
 * {@link io.filbert.map.BlockingDistributedMap}, the same map as a {@link java.util.concurrent.ConcurrentMap}. It knows the
 * errors and what all distributed objects share; no other structure and no implementation.
 *
 * <p><b>What may change.</b> The client implements the structures. A program may implement their interfaces too, in tests or to wrap one,
 * but any release may add methods to them. Interfaces that a program is meant to implement, such as listeners, only get methods with a
 * default. Records are created by the client, and later releases add components: read them through their accessors, and use neither
 * their constructors nor record patterns.
 */
@NullMarked
package io.filbert.map;

import org.jspecify.annotations.NullMarked;
