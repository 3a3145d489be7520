// SPDX-License-Identifier: Apache-2.0
/**
 * Load on one client and what it costs: who calls how often, how long each call takes, processor time and allocated bytes. Knows
 * nothing of which client it drives, of other processes, or of reports.
 */
@NullMarked
package io.filbert.benchmarks.load;

import org.jspecify.annotations.NullMarked;
