// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.schema;

import static org.assertj.core.api.Assertions.assertThat;

/** Where code of the user may run. */
final class UserThreads {

    private UserThreads() {}

    /**
     * The thread that waits for the reply, which is this one; or the callback thread, if the reply came before anybody waited. Which of
     * the two is a matter of microseconds.
     */
    static void isOfTheUser(Thread thread) {
        if (thread != Thread.currentThread()) {
            assertThat(thread.getName()).contains("callback");
        }
    }
}
