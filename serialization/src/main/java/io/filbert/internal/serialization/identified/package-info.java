// SPDX-License-Identifier: Apache-2.0
/**
 * Objects that write themselves and say by two numbers of which class they are, and those of that kind which members send by themselves.
 */
@NullMarked
package io.filbert.internal.serialization.identified;

import org.jspecify.annotations.NullMarked;
