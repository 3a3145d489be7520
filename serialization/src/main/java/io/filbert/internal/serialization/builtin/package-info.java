// SPDX-License-Identifier: Apache-2.0
/**
 * The forms every client knows: numbers, texts, arrays, dates and the JDK's collections. Nothing in here runs code of the user, so
 * all of it may be read on any thread.
 */
@NullMarked
package io.filbert.internal.serialization.builtin;

import org.jspecify.annotations.NullMarked;
