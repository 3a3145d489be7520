// SPDX-License-Identifier: Apache-2.0
/**
 * The schemas of compact objects, and the port through which a cluster's other participants get to know them. Whoever implements {@link
 * io.filbert.internal.serialization.schema.SchemaStore} may use a network; this package knows of none.
 */
@NullMarked
package io.filbert.internal.serialization.schema;

import org.jspecify.annotations.NullMarked;
