// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import io.filbert.cluster.Address;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the members of one cluster are found. Made by {@link ClientConfig.Builder}, where each option is explained.
 *
 * @param clusterMembers the addresses as they were given; empty with a {@code cloudToken}
 * @param primaryAddresses the addresses to try first: all given ones, with port 5701 where none was given
 * @param secondaryAddresses the addresses to try then: ports 5702 and 5703 where none was given
 * @param usePublicIp whether members are reached at their public addresses
 * @param addressTranslator turns the addresses of members into those to connect to; null for none
 * @param cloudToken asks Hazelcast Cloud for the members instead; null for clusters elsewhere
 * @param cloudUrl where Hazelcast Cloud is asked
 */
public record DiscoveryConfig(
        List<String> clusterMembers,
        List<Address> primaryAddresses,
        List<Address> secondaryAddresses,
        boolean usePublicIp,
        @Nullable AddressTranslator addressTranslator,
        @Nullable String cloudToken,
        URI cloudUrl) {

    /** Copies the collections. */
    public DiscoveryConfig {
        clusterMembers = List.copyOf(clusterMembers);
        primaryAddresses = List.copyOf(primaryAddresses);
        secondaryAddresses = List.copyOf(secondaryAddresses);
    }

    /** The options, without the token. */
    @Override
    public String toString() {
        return "DiscoveryConfig["
                + (cloudToken == null
                        ? "clusterMembers=" + clusterMembers + ", usePublicIp=" + usePublicIp + ", addressTranslator="
                                + (addressTranslator == null ? "none" : "given")
                        : "cloudDiscoveryToken=(hidden), cloudDiscoveryUrl=" + cloudUrl)
                + "]";
    }
}
