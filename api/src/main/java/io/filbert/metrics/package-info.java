// SPDX-License-Identifier: Apache-2.0
/** What a client has counted: immutable snapshots to be shown, logged or exported. Knows nothing of how counting is done. */
@NullMarked
package io.filbert.metrics;

import org.jspecify.annotations.NullMarked;
