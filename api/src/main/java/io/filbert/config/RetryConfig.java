// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import java.time.Duration;

/**
 * How long and how often the client tries to connect to the cluster. Made by {@link ClientConfig.Builder}, where each
 * option is explained.
 *
 * @param initialBackoff pause after the first round of attempts
 * @param maxBackoff the longest pause
 * @param jitter how much a pause may differ from its length, 0 to 1
 * @param multiplier factor from one pause to the next, at least 1
 * @param clusterConnectTimeout how long to try; {@link ClientConfig#INFINITE} for as long as it takes
 */
public record RetryConfig(
        Duration initialBackoff,
        Duration maxBackoff,
        double jitter,
        double multiplier,
        Duration clusterConnectTimeout) {

    /** Whether the client tries for as long as it takes. */
    public boolean triesForever() {
        return clusterConnectTimeout.isNegative();
    }
}
