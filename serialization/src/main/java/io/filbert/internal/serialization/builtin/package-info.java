// SPDX-License-Identifier: Apache-2.0
/**
 * The forms every client knows: numbers, texts, arrays, dates and the JDK's collections. Of the user's code nothing runs in here but
 * what the elements of a collection and their comparator bring along, which were read before; whatever has no such elements may be
 * read on any thread. Knows nothing about the other forms: an object inside another one finds its own through the cursor.
 */
@NullMarked
package io.filbert.internal.serialization.builtin;

import org.jspecify.annotations.NullMarked;
