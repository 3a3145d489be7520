// SPDX-License-Identifier: Apache-2.0
/** Checks that an asynchronous interface and its blocking view offer the same. For tests of all structures. */
@NullMarked
package io.filbert.parity;

import org.jspecify.annotations.NullMarked;
