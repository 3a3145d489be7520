// SPDX-License-Identifier: Apache-2.0
/**
 * How a client is configured: one immutable {@link io.filbert.config.ClientConfig}, made by its builder, whose parts are
 * records, one per concern. It checks what can be checked without a network and knows neither how an option takes effect
 * nor any structure.
 */
@NullMarked
package io.filbert.config;

import org.jspecify.annotations.NullMarked;
