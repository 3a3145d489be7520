// SPDX-License-Identifier: Apache-2.0
/** The short course that every supported release of the members must pass. */
@NullMarked
package io.filbert.it.smoke;

import org.jspecify.annotations.NullMarked;
