// SPDX-License-Identifier: Apache-2.0
/**
 * The map: its proxy, the walk over its entries, and the blocking view with its live collections. Knows the map messages of the
 * protocol and calls through {@link io.filbert.internal.proxy.ObjectCalls}; knows neither connections nor members.
 */
@NullMarked
package io.filbert.internal.proxy.map;

import org.jspecify.annotations.NullMarked;
