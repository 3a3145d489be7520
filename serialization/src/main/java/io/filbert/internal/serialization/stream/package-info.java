// SPDX-License-Identifier: Apache-2.0
/**
 * The cursors that serialized objects are written and read with, and what all forms share: type ids, text, numbers in byte arrays,
 * dates, the words of the errors. Knows that objects have forms ({@link io.filbert.internal.serialization.stream.ObjectForms}), but none of
 * them.
 */
@NullMarked
package io.filbert.internal.serialization.stream;

import org.jspecify.annotations.NullMarked;
