// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

/** What happens when the last connection to the cluster is lost. */
public enum ReconnectMode {
    /** The client shuts down. */
    OFF,
    /** The client reconnects; calls made meanwhile wait, at most until their deadline. */
    ON,
    /** The client reconnects; calls made meanwhile fail at once with {@code ClientOfflineException}. */
    ASYNC
}
