// SPDX-License-Identifier: Apache-2.0
/**
 * Questions that members answer about the entries they hold, built here and evaluated there. Nothing in here knows which structure is
 * asked.
 */
@NullMarked
package io.filbert.query;

import org.jspecify.annotations.NullMarked;
