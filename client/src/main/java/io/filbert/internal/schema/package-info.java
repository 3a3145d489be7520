// SPDX-License-Identifier: Apache-2.0
/**
 * Shares the schemas of compact objects with the cluster: tells it new ones before the first object of theirs goes out, asks it for
 * those that others made. Knows calls and members, but no structure whose objects these are.
 */
@NullMarked
package io.filbert.internal.schema;

import org.jspecify.annotations.NullMarked;
