// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One cluster that a client may connect to: its name, where its members are, and how to be let in. Immutable.
 *
 * @param clusterName the name of the cluster
 * @param discovery how its members are found
 * @param credentials how the client proves who it is
 * @param tls how connections are encrypted
 */
public record ClusterConfig(
        String clusterName, DiscoveryConfig discovery, CredentialsConfig credentials, TlsConfig tls) {

    private static final TlsConfig NO_TLS =
            new TlsConfig.Builder().enabled(false).build();

    /**
     * Collects the options of one cluster; {@link ClientConfig.Builder#failoverCluster} hands it out. An option that is not given has
     * the default it has for the client, and not the value it has for another cluster. Not thread-safe.
     */
    public static final class Builder {

        private static final List<String> DEFAULT_MEMBERS = List.of("127.0.0.1");
        private static final String DEFAULT_CLOUD_URL = "https://api.cloud.hazelcast.com";

        private String clusterName = "dev";
        private List<String> clusterMembers = List.of();
        private boolean usePublicIp;
        private @Nullable AddressTranslator addressTranslator;
        private @Nullable String cloudToken;
        private String cloudUrl = DEFAULT_CLOUD_URL;
        private @Nullable String username;
        private @Nullable String password;
        private @Nullable TokenProvider tokenProvider;
        private @Nullable Object customCredentials;
        private TlsConfig.@Nullable Builder tls;

        Builder() {}

        Builder(Builder from) {
            clusterName = from.clusterName;
            clusterMembers = from.clusterMembers;
            usePublicIp = from.usePublicIp;
            addressTranslator = from.addressTranslator;
            cloudToken = from.cloudToken;
            cloudUrl = from.cloudUrl;
            username = from.username;
            password = from.password;
            tokenProvider = from.tokenProvider;
            customCredentials = from.customCredentials;
            tls = from.tls == null ? null : new TlsConfig.Builder(from.tls);
        }

        /** As {@link ClientConfig.Builder#clusterName}. */
        public Builder clusterName(String name) {
            clusterName = Objects.requireNonNull(name, "clusterName");
            return this;
        }

        /** As {@link ClientConfig.Builder#clusterMembers(String...)}; must be given, unless {@code cloudDiscoveryToken} is. */
        public Builder clusterMembers(String... addresses) {
            return clusterMembers(Copies.listOf("clusterMembers", addresses));
        }

        /** As {@link #clusterMembers(String...)}. */
        public Builder clusterMembers(Collection<String> addresses) {
            clusterMembers = Copies.of("clusterMembers", addresses);
            return this;
        }

        /** As {@link ClientConfig.Builder#usePublicIp}. */
        public Builder usePublicIp(boolean enabled) {
            usePublicIp = enabled;
            return this;
        }

        /** As {@link ClientConfig.Builder#addressTranslator}. */
        public Builder addressTranslator(AddressTranslator translator) {
            addressTranslator = Objects.requireNonNull(translator, "addressTranslator");
            return this;
        }

        /** As {@link ClientConfig.Builder#cloudDiscoveryToken}. */
        public Builder cloudDiscoveryToken(String token) {
            cloudToken = Objects.requireNonNull(token, "cloudDiscoveryToken");
            return this;
        }

        /** As {@link ClientConfig.Builder#cloudDiscoveryUrl}. */
        public Builder cloudDiscoveryUrl(String url) {
            cloudUrl = Objects.requireNonNull(url, "cloudDiscoveryUrl");
            return this;
        }

        /** As {@link ClientConfig.Builder#credsUsername}. */
        public Builder credsUsername(String name) {
            username = Objects.requireNonNull(name, "credsUsername");
            return this;
        }

        /** As {@link ClientConfig.Builder#credsPassword}. */
        public Builder credsPassword(String text) {
            password = Objects.requireNonNull(text, "credsPassword");
            return this;
        }

        /** As {@link ClientConfig.Builder#tokenProvider}. */
        public Builder tokenProvider(TokenProvider provider) {
            tokenProvider = Objects.requireNonNull(provider, "tokenProvider");
            return this;
        }

        /** As {@link ClientConfig.Builder#customCredentials}. */
        public Builder customCredentials(Object credentials) {
            customCredentials = Objects.requireNonNull(credentials, "customCredentials");
            return this;
        }

        /** As {@link ClientConfig.Builder#tls}. */
        public Builder tls(Consumer<TlsConfig.Builder> options) {
            Objects.requireNonNull(options, "tls");
            if (tls == null) {
                tls = new TlsConfig.Builder();
            }
            options.accept(tls);
            return this;
        }

        /**
         * Makes the configuration of the cluster and reports what shows only here.
         *
         * @param membersRequired whether there is no default for the members
         */
        ClusterConfig build(boolean membersRequired, Problems problems) {
            CandidateAddresses candidates = new CandidateAddresses();
            List<String> members = clusterMembers;
            if (cloudToken != null) {
                problems.require(
                        members.isEmpty(),
                        "cloudDiscoveryToken",
                        Problems.HIDDEN,
                        "left out beside clusterMembers",
                        "either Hazelcast Cloud tells the addresses of the members, or you do");
            } else if (members.isEmpty()) {
                problems.require(
                        !membersRequired,
                        "clusterMembers",
                        members,
                        "at least one address",
                        "tell where the members of this cluster are, or give its cloudDiscoveryToken");
                members = DEFAULT_MEMBERS;
            }
            members.forEach(member -> candidates.add(member, problems));
            return new ClusterConfig(
                    clusterName,
                    new DiscoveryConfig(
                            candidates.members,
                            candidates.primary,
                            candidates.secondary,
                            usePublicIp,
                            addressTranslator,
                            cloudToken,
                            cloudUri(problems)),
                    new CredentialsConfig(username, password, tokenProvider, customCredentials),
                    tls == null ? NO_TLS : tls.build());
        }

        private URI cloudUri(Problems problems) {
            URI uri = null;
            try {
                uri = URI.create(cloudUrl);
            } catch (IllegalArgumentException e) {
                // Reported below, as every other text that is no such address.
            }
            if (uri != null
                    && "https".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
            problems.add(
                    "cloudDiscoveryUrl",
                    cloudUrl,
                    "https:// and a host, perhaps with a port and a path",
                    "leave it out to ask Hazelcast Cloud itself");
            return URI.create(DEFAULT_CLOUD_URL);
        }
    }
}
