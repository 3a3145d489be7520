// SPDX-License-Identifier: Apache-2.0
/** The rules of the house, and the proof that each of them can fail. */
@NullMarked
package io.filbert.architecture;

import org.jspecify.annotations.NullMarked;
