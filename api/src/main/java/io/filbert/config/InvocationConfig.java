// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import java.time.Duration;

/**
 * How one call is carried out. Made by {@link ClientConfig.Builder}, where each option is explained.
 *
 * @param timeout by when a call ends, unless it has a deadline of its own
 * @param retryPause pause between two attempts of one call
 * @param redoOperation whether calls with unknown outcome are sent again even if they may take effect twice
 * @param backupAckToClientEnabled whether backups acknowledge to the client directly
 * @param operationBackupTimeout how long the client waits for these acknowledgements
 * @param failOnIndeterminateOperationState whether missing acknowledgements are an error
 * @param maxInFlight the largest number of calls without answer
 * @param maxInFlightBytes the largest total size of requests without answer
 */
public record InvocationConfig(
        Duration timeout,
        Duration retryPause,
        boolean redoOperation,
        boolean backupAckToClientEnabled,
        Duration operationBackupTimeout,
        boolean failOnIndeterminateOperationState,
        int maxInFlight,
        long maxInFlightBytes) {}
