// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.time.Duration;

/**
 * Assertions about what other threads and processes are still doing: tried again until they pass or a deadline is over.
 *
 * <pre>{@code
 * Eventually.passes(() -> assertThat(proxy.openConnections()).isZero());
 * }</pre>
 *
 * <p>Stateless.
 */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Eventually() {}

    /** An assertion: returns if all is well, throws if not. */
    @FunctionalInterface
    public interface Assertion {

        /** Throws if what is asserted does not hold now. */
        void check() throws Exception;
    }

    /** Tries the assertion for up to 20 seconds, every few milliseconds. */
    public static void passes(Assertion assertion) {
        passesWithin(PATIENCE, assertion);
    }

    /**
     * Tries the assertion until it passes.
     *
     * @throws AssertionError with the last failure as its cause if it never passed
     */
    public static void passesWithin(Duration patience, Assertion assertion) {
        Throwable[] last = new Throwable[1];
        boolean passed = Deadline.after(patience).poll(() -> {
            try {
                assertion.check();
                return true;
            } catch (Exception | AssertionError e) {
                last[0] = e;
                return false;
            }
        });
        if (!passed) {
            throw new AssertionError("Not so within " + patience.toMillis() + " ms: " + last[0].getMessage(), last[0]);
        }
    }
}
