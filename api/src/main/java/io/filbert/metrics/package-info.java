// SPDX-License-Identifier: Apache-2.0
/**
 * What a client has counted: immutable snapshots to be shown, logged or exported. Knows nothing of how counting is done.
 *
 * <p><b>What may change.</b> The records are created by the client, and later releases add figures: read them through their accessors, and
 * use neither their constructors nor record patterns.
 */
@NullMarked
package io.filbert.metrics;

import org.jspecify.annotations.NullMarked;
