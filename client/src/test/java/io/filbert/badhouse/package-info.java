// SPDX-License-Identifier: Apache-2.0
/** A house that breaks every rule of {@code HouseRules} once, and serves no other purpose. */
@NullMarked
package io.filbert.badhouse;

import org.jspecify.annotations.NullMarked;
