// SPDX-License-Identifier: Apache-2.0
package io.filbert.badhouse.internal.invocation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Logger;

/** Waits, rolls dice, keeps a thread local and logs past the platform logger. */
final class ImpatientCaller {

    private static final ThreadLocal<Integer> CALLS = new ThreadLocal<>();

    private ImpatientCaller() {}

    static Object call(CompletableFuture<Object> reply) {
        CALLS.set(ThreadLocalRandom.current().nextInt());
        Logger.getAnonymousLogger().info("waiting");
        return reply.join();
    }
}
