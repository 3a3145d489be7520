// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.serialization.FieldKind;

/**
 * Where one field of a layout lies. Immutable.
 *
 * @param name of the field, interned as the literals in the user's code are, so that mostly comparing references is enough
 * @param kind of the field
 * @param index in the order of the schema
 * @param offset if the size is fixed: from the start of the fixed section, in bytes; if it varies: the number of the entry in the offsets
 *     table
 * @param bit of a boolean, in the byte at the offset
 */
record Slot(String name, FieldKind kind, int index, int offset, int bit) {}
