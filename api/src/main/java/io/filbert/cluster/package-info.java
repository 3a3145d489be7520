// SPDX-License-Identifier: Apache-2.0
/**
 * What a user sees of the cluster and of the client's place in it: members and their addresses, the partition table, the
 * client's lifecycle, and what all distributed objects have in common. It knows the errors below it and no structure,
 * no configuration and no connection.
 *
 * <p><b>What may change.</b> The client implements the services. A program may implement their interfaces too, in tests or to wrap one, but
 * any release may add methods to them. Interfaces that a program is meant to implement, such as listeners and {@link
 * io.filbert.cluster.LoadBalancer}, only get methods with a default. {@link io.filbert.cluster.Address} is a value that programs create.
 * {@link io.filbert.cluster.Member} is created by the client, and later releases may add components: read it through its accessors, and
 * use neither its constructor nor record patterns.
 */
@NullMarked
package io.filbert.cluster;

import org.jspecify.annotations.NullMarked;
