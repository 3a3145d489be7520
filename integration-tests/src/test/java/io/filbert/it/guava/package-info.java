// SPDX-License-Identifier: Apache-2.0
/** Guava's collection test suites, run on the views that claim to be JDK collections. */
@NullMarked
package io.filbert.it.guava;

import org.jspecify.annotations.NullMarked;
