// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values for which each client has classes of its own, described without any of them. */
sealed interface Sample {

    /** Text in JSON. */
    record Json(String text) implements Sample {}

    /** Identified, factory 1 and class 1: the values of {@link Fields#STREAM}. */
    record Identified(List<@Nullable Object> fields) implements Sample {}

    /** Identified, factory 1 and class 2. */
    record IdentifiedInner(String text, int number) implements Sample {}

    /** Written by a custom serializer of type 1001: the values of {@link Fields#STREAM}. */
    record Custom(List<@Nullable Object> fields) implements Sample {}

    /** Portable, factory 1 and class 1: the values of {@link Fields#PORTABLE}. */
    record Portable(List<@Nullable Object> fields) implements Sample {}

    /** Portable, factory 1 and class 2. */
    record PortableInner(String text, int number) implements Sample {}

    /** Compact, type {@code interop-sample}: the values of {@link Fields#COMPACT}. */
    record Compact(List<@Nullable Object> fields) implements Sample {}

    /** Compact, type {@code interop-inner}. */
    record CompactInner(String text, int number) implements Sample {}
}
