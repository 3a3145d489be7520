// SPDX-License-Identifier: Apache-2.0
/**
 * Serializers of the user, for single classes or for everything that has no other form.
 */
@NullMarked
package io.filbert.internal.serialization.custom;

import org.jspecify.annotations.NullMarked;
