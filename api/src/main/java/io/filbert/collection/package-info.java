// SPDX-License-Identifier: Apache-2.0
/** Collections that live as a whole in one partition of the cluster. */
@NullMarked
package io.filbert.collection;

import org.jspecify.annotations.NullMarked;
