// SPDX-License-Identifier: Apache-2.0
/**
 * What the module that reads and writes records shares with the public class of records, and users do not see. Does not know that class:
 * it is a type parameter here.
 */
@NullMarked
package io.filbert.internal.shape;

import org.jspecify.annotations.NullMarked;
