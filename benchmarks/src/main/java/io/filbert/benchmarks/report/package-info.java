// SPDX-License-Identifier: Apache-2.0
/**
 * Results as a file, as tables, as a chart, and the page that shows them. Everything here works from the results file alone, so a
 * report can be written again without measuring. Knows nothing of processes and members.
 */
@NullMarked
package io.filbert.benchmarks.report;

import org.jspecify.annotations.NullMarked;
