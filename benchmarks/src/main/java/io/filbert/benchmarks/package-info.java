// SPDX-License-Identifier: Apache-2.0
/**
 * Comparisons of Filbert with the official client and with the floor: starts a member and one JVM for each contender, lets them
 * take turns, and writes down what came out.
 */
@NullMarked
package io.filbert.benchmarks;

import org.jspecify.annotations.NullMarked;
