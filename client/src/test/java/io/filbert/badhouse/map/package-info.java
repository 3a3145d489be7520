// SPDX-License-Identifier: Apache-2.0
/** A room of the bad house. */
@NullMarked
package io.filbert.badhouse.map;

import org.jspecify.annotations.NullMarked;
