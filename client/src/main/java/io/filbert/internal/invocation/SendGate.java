// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Holds messages back that members could not understand yet. Asked for each attempt to send one that carries objects of the user. */
@FunctionalInterface
public interface SendGate {

    /** Null if the message may go now; else completes when it may, or fails with the reason why it never will. */
    @Nullable
    CompletableFuture<?> holds(byte[] message);
}
