// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.security;

import io.filbert.HazelcastClient;
import io.filbert.map.BlockingDistributedMap;
import java.time.Duration;

/** A program that trusts whom its JVM trusts: the trust store of a JVM is read once. */
final class DefaultTrust {

    private DefaultTrust() {}

    public static void main(String... args) {
        try (HazelcastClient client = HazelcastClient.connect(config -> config.clusterMembers(args[0])
                .smartRouting(false)
                .clusterConnectTimeout(Duration.ZERO)
                .tls(tls -> tls.checkHostname(true)))) {
            BlockingDistributedMap<String, String> map =
                    client.<String, String>getMap("trust").blocking();
            map.set("k", "v");
            System.out.println("trusted " + map.get("k"));
        }
    }
}
