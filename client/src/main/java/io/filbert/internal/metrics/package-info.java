// SPDX-License-Identifier: Apache-2.0
/** Puts together, on demand, what the rooms below have counted. Counts nothing itself, and no room knows it. */
@NullMarked
package io.filbert.internal.metrics;

import org.jspecify.annotations.NullMarked;
