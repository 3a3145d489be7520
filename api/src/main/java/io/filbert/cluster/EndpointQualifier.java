// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names one of several addresses at which a member listens.
 *
 * @param type who is meant to connect there
 * @param identifier tells endpoints of one type apart; null for the usual one, {@code "public"} for the public address
 */
public record EndpointQualifier(Type type, @Nullable String identifier) {

    /** Who is meant to connect to an endpoint. */
    public enum Type {
        /** Other members. */
        MEMBER,
        /** Clients. */
        CLIENT,
        /** Other clusters. */
        WAN,
        /** Users of the REST interface. */
        REST,
        /** Memcache clients. */
        MEMCACHE
    }

    /** Checks the type. */
    public EndpointQualifier {
        Objects.requireNonNull(type, "type");
    }
}
