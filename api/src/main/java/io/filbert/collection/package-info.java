// SPDX-License-Identifier: Apache-2.0
/**
 * Collections that live as a whole in one partition of the cluster.
 *
 * <p><b>What may change.</b> The client implements the structures. A program may implement their interfaces too, in tests or to wrap one,
 * but any release may add methods to them. Interfaces that a program is meant to implement, such as listeners, only get methods with a
 * default. Records are created by the client, and later releases add components: read them through their accessors, and use neither
 * their constructors nor record patterns.
 */
@NullMarked
package io.filbert.collection;

import org.jspecify.annotations.NullMarked;
