// SPDX-License-Identifier: Apache-2.0
/** The contract of the map against real members: what {@code DistributedMap} and its blocking view promise. */
@NullMarked
package io.filbert.it.map;

import org.jspecify.annotations.NullMarked;
