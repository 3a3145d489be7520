// SPDX-License-Identifier: Apache-2.0
/**
 * Faults under load: what goes wrong ({@code Fault}), where ({@code FaultGround}), the load that goes on meanwhile in a process of
 * its own ({@code LoadProcess}) and what became of each of its calls ({@code FaultReport}). A client takes part by implementing
 * {@code ClientUnderTest}; this package knows none, so that all clients meet the same faults.
 */
@NullMarked
package io.filbert.testkit.faults;

import org.jspecify.annotations.NullMarked;
