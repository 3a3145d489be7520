// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import io.filbert.HazelcastClient;
import io.filbert.config.ReconnectMode;
import io.filbert.error.AuthenticationException;
import io.filbert.error.ClientOfflineException;
import io.filbert.error.ConnectionException;
import java.time.Duration;
import java.util.Optional;

/** How long things may take, and what happens then. */
public final class Timeouts {

    private Timeouts() {}

    /** Give the addresses of members; without any, 127.0.0.1 is tried. */
    public static void main(String... members) {
        Optional<HazelcastClient> connected = connectOrNot(members);
        System.out.println(connected.isPresent() ? "Connected" : "Not connected");
        connected.ifPresent(HazelcastClient::close);
        try (HazelcastClient client = startAtOnce(members)) {
            System.out.println("Alice: " + lookUp(client, "Alice"));
        }
    }

    static Optional<HazelcastClient> connectOrNot(String... members) {
        // tag::connect[]
        try {
            return Optional.of(HazelcastClient.connect(config -> config.clusterMembers(members)
                    .connectionTimeout(Duration.ofSeconds(2)) // for one connection
                    .clusterConnectTimeout(Duration.ofSeconds(5)) // for all attempts; infinite by default
                    .invocationTimeout(Duration.ofSeconds(20)))); // for each call, unless it has its own deadline
        } catch (ConnectionException e) {
            return Optional.empty(); // nobody answered in 5 seconds
        } catch (AuthenticationException e) {
            throw new IllegalStateException("Is clusterName the name of this cluster?", e);
        }
        // end::connect[]
    }

    static HazelcastClient startAtOnce(String... members) {
        // tag::asyncStart[]
        return HazelcastClient.connect(config -> config.clusterMembers(members)
                .asyncStart(true) // do not wait for the cluster
                .reconnectMode(ReconnectMode.ASYNC)); // nor later, when the connection is lost
        // end::asyncStart[]
    }

    static String lookUp(HazelcastClient client, String person) {
        // tag::offline[]
        try {
            return client.<String, String>getMap("personnel-map").blocking().getOrDefault(person, "nobody we know");
        } catch (ClientOfflineException e) {
            return "cannot tell now"; // at once, because the client has no connection
        }
        // end::offline[]
    }
}
