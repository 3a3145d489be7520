// SPDX-License-Identifier: Apache-2.0
/**
 * The faults of the testkit, met by Filbert and by the official client in turns: the part of the command that {@code --faults} selects.
 * What a fault is and what is counted, the testkit decides.
 */
@NullMarked
package io.filbert.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
