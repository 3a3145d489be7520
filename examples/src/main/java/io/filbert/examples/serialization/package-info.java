// SPDX-License-Identifier: Apache-2.0
/** How a program's own classes are stored: one runnable program for each form. Quoted by {@code docs/serialization.md}. */
@NullMarked
package io.filbert.examples.serialization;

import org.jspecify.annotations.NullMarked;
