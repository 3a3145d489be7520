// SPDX-License-Identifier: Apache-2.0
/**
 * Objects whose fields are described by a schema that is kept once for the whole cluster, with a serializer of the user or field by field.
 */
@NullMarked
package io.filbert.internal.serialization.compact;

import org.jspecify.annotations.NullMarked;
