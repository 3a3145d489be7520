// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.compact;

import io.filbert.serialization.FieldKind;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers a field of a class can hold although they were written as a smaller kind: those of which nothing is lost. A
 * {@code char} is written as 16 bits with a sign, and nothing in the schema tells the two apart: one that has become an {@code int} comes
 * back negative from U+8000 on, which docs/serialization.md says.
 */
final class Widening {

    private Widening() {}

    /** Whether every number of a kind is one of the other kind too. */
    static boolean isLossless(FieldKind from, FieldKind to) {
        return switch (plain(from)) {
            case INT8 ->
                isOneOf(
                        plain(to),
                        FieldKind.INT16,
                        FieldKind.INT32,
                        FieldKind.INT64,
                        FieldKind.FLOAT32,
                        FieldKind.FLOAT64);
            case INT16 -> isOneOf(plain(to), FieldKind.INT32, FieldKind.INT64, FieldKind.FLOAT32, FieldKind.FLOAT64);
            case INT32 -> isOneOf(plain(to), FieldKind.INT64, FieldKind.FLOAT64);
            case FLOAT32 -> plain(to) == FieldKind.FLOAT64;
            default -> false;
        };
    }

    private static boolean isOneOf(FieldKind kind, FieldKind... kinds) {
        for (FieldKind each : kinds) {
            if (each == kind) {
                return true;
            }
        }
        return false;
    }

    private static FieldKind plain(FieldKind kind) {
        return switch (kind) {
            case NULLABLE_INT8 -> FieldKind.INT8;
            case NULLABLE_INT16 -> FieldKind.INT16;
            case NULLABLE_INT32 -> FieldKind.INT32;
            case NULLABLE_INT64 -> FieldKind.INT64;
            case NULLABLE_FLOAT32 -> FieldKind.FLOAT32;
            case NULLABLE_FLOAT64 -> FieldKind.FLOAT64;
            default -> kind;
        };
    }

    /** The number in a field whose kind can be widened. */
    static @Nullable Number read(SlotReader in, Slot slot) {
        return switch (plain(slot.kind())) {
            case INT8 -> in.getNullableInt8(slot);
            case INT16 -> in.getNullableInt16(slot);
            case INT32 -> in.getNullableInt32(slot);
            default -> in.getNullableFloat32(slot);
        };
    }
}
