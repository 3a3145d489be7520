// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import java.time.Duration;

/**
 * How the client notices a dead connection. Made by {@link ClientConfig.Builder}, where each option is explained.
 *
 * @param interval a connection on which nothing was written for this long gets a ping
 * @param timeout a connection on which nothing was read for this long is closed
 */
public record HeartbeatConfig(Duration interval, Duration timeout) {}
