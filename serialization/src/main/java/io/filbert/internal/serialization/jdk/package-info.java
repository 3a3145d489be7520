// SPDX-License-Identifier: Apache-2.0
/**
 * Java serialization, the last resort, behind a filter of what may be read.
 */
@NullMarked
package io.filbert.internal.serialization.jdk;

import org.jspecify.annotations.NullMarked;
