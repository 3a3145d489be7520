// SPDX-License-Identifier: Apache-2.0
/** Tests of what all distributed objects have in common: who has which, and who hears of it. */
@NullMarked
package io.filbert.it.objects;

import org.jspecify.annotations.NullMarked;
