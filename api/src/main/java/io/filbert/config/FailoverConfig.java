// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import java.util.List;

/**
 * Where the client goes when it cannot stay connected to its cluster. Made by {@link ClientConfig.Builder}, where each option is
 * explained.
 *
 * @param clusters the other clusters, in the order they are tried
 * @param tryCount how often all clusters are tried before the client gives up
 */
public record FailoverConfig(List<ClusterConfig> clusters, int tryCount) {

    /** Copies the list. */
    public FailoverConfig {
        clusters = List.copyOf(clusters);
    }
}
