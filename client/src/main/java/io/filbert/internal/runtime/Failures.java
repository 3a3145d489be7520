// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import java.util.concurrent.CompletionException;

/** What stages pass on. Stateless. */
public final class Failures {

    private Failures() {}

    /** The failure itself: stages that depend on the failed one receive it in a {@link CompletionException}. */
    public static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
