// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.blocking;

import org.jspecify.annotations.Nullable;

/**
 * A task that can be queued without a node around it: it carries the link to its neighbour itself. In one queue at a time; the link
 * belongs to the queue while the task is in it.
 */
public interface LinkedTask extends Runnable {

    /** The link as it was set last. */
    @Nullable
    LinkedTask link();

    /** Sets the link. */
    void link(@Nullable LinkedTask neighbour);
}
