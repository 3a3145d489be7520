// SPDX-License-Identifier: Apache-2.0
/**
 * Objects with named, positioned and versioned fields, and the definitions of their classes.
 */
@NullMarked
package io.filbert.internal.serialization.portable;

import org.jspecify.annotations.NullMarked;
