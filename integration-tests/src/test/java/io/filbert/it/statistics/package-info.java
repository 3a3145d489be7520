// SPDX-License-Identifier: Apache-2.0
/** What clients tell about themselves: to members, to the program, to flight recordings. */
@NullMarked
package io.filbert.it.statistics;

import org.jspecify.annotations.NullMarked;
