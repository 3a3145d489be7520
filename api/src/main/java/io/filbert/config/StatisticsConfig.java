// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import java.time.Duration;

/**
 * What the client tells the cluster about itself. Made by {@link ClientConfig.Builder}, where each option is explained.
 *
 * @param enabled whether it tells anything
 * @param period from one report to the next
 */
public record StatisticsConfig(boolean enabled, Duration period) {}
