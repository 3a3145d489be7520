// SPDX-License-Identifier: Apache-2.0
/** Tests of the ways to a cluster: discovery, translation of addresses, going to another cluster, and what the log says of them. */
@NullMarked
package io.filbert.it.strategies;

import org.jspecify.annotations.NullMarked;
