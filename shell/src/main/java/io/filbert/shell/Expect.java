// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The demo checks what it shows. */
final class Expect {

    private Expect() {}

    /**
     * Compares an answer with the expected one.
     *
     * @throws IllegalStateException if they differ
     */
    static void that(String what, @Nullable Object answer, @Nullable Object expected) {
        if (!Objects.equals(answer, expected)) {
            throw new IllegalStateException(what + " answered " + answer + " where " + expected + " was expected");
        }
    }
}
