// SPDX-License-Identifier: Apache-2.0
/**
 * How a client is configured: one immutable {@link io.filbert.config.ClientConfig}, made by its builder, whose parts are
 * records, one per concern. It checks what can be checked without a network and knows neither how an option takes effect
 * nor any structure.
 *
 * <p><b>What may change.</b> The records are created by the builder, and each new option adds a component: read them through their
 * accessors, and use neither their constructors nor record patterns. Interfaces that a program is meant to implement only get methods with
 * a default.
 */
@NullMarked
package io.filbert.config;

import org.jspecify.annotations.NullMarked;
