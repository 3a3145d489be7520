// SPDX-License-Identifier: Apache-2.0
/**
 * Messages from anybody to everybody who listens at that moment.
 *
 * <p><b>What may change.</b> The client implements the structures. A program may implement their interfaces too, in tests or to wrap one,
 * but any release may add methods to them. Interfaces that a program is meant to implement, such as listeners, only get methods with a
 * default. Records are created by the client, and later releases add components: read them through their accessors, and use neither
 * their constructors nor record patterns.
 */
@NullMarked
package io.filbert.topic;

import org.jspecify.annotations.NullMarked;
