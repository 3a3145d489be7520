// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.discovery;

import io.filbert.cluster.Address;
import io.filbert.cluster.EndpointQualifier;
import io.filbert.cluster.Member;
import io.filbert.config.AddressTranslator;
import io.filbert.config.DiscoveryConfig;
import io.filbert.error.ConnectionException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The addresses that the user gave, and those that members announce, translated if the user can. Thread-safe. */
public final class ConfiguredAddresses implements AddressProvider {

    private static final EndpointQualifier PUBLIC = new EndpointQualifier(EndpointQualifier.Type.CLIENT, "public");

    private final DiscoveryConfig config;

    public ConfiguredAddresses(DiscoveryConfig config) {
        this.config = config;
    }

    @Override
    public CompletableFuture<Candidates> candidates() {
        return CompletableFuture.completedFuture(
                new Candidates(config.primaryAddresses(), config.secondaryAddresses()));
    }

    @Override
    public Address addressOf(Member member) {
        @Nullable Address announced = config.usePublicIp() ? member.addressMap().get(PUBLIC) : null;
        return announced != null ? announced : member.address();
    }

    @Override
    public Address translateCandidate(Address candidate) {
        return candidate;
    }

    @Override
    public Address translate(Address announced) {
        AddressTranslator translator = config.addressTranslator();
        if (translator == null) {
            return announced;
        }
        @Nullable Address translated;
        try {
            translated = translator.translate(announced);
        } catch (RuntimeException e) {
            throw new ConnectionException(
                    "The address " + announced + " of a member could not be translated: option addressTranslator failed"
                            + " with " + e,
                    e);
        }
        if (translated == null) {
            throw new ConnectionException("The address " + announced
                    + " of a member could not be translated: option addressTranslator gave null");
        }
        return translated;
    }
}
