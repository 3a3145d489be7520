// SPDX-License-Identifier: Apache-2.0
/**
 * The clients that are compared: Filbert, the official one, and the floor, which is no client at all but the least work that
 * moves the same bytes. Knows nothing of rounds and reports.
 */
@NullMarked
package io.filbert.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
