// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.config.PartitioningStrategy;
import io.filbert.config.ReconnectMode;
import io.filbert.error.ConfigurationException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;

/** Ways to configure a client. */
public final class Configuring {

    private Configuring() {}

    /** Give the addresses of members; without any, 127.0.0.1 is tried. */
    public static void main(String... members) {
        try (HazelcastClient client = HazelcastClient.connect(patient(members))) {
            System.out.println(client.name() + " is connected");
        }
        mistakes().forEach(System.out::println);
    }

    static HazelcastClient defaults() {
        // tag::defaults[]
        return HazelcastClient.connect(); // cluster "dev" at 127.0.0.1, ports 5701 to 5703
        // end::defaults[]
    }

    static HazelcastClient inline(String... members) {
        // tag::inline[]
        return HazelcastClient.connect(
                config -> config.clusterName("dev").clusterMembers(members).connectionTimeout(Duration.ofSeconds(5)));
        // end::inline[]
    }

    static ClientConfig patient(String... members) {
        // tag::reconnect[]
        return ClientConfig.builder()
                .clusterMembers(members)
                .clientName("orders-1")
                .labels("orders", "blue")
                .reconnectMode(ReconnectMode.ON) // calls wait while the client reconnects, until their deadline
                .retryInitialBackoff(Duration.ofMillis(200))
                .retryMaxBackoff(Duration.ofSeconds(5))
                .retryMultiplier(1.5)
                .retryJitter(0.2) // so that a hundred clients do not come back at the same moment
                .clusterConnectTimeout(Duration.ofMinutes(10)) // then give up and shut down
                .build();
        // end::reconnect[]
    }

    static ClientConfig sockets() {
        // tag::sockets[]
        return ClientConfig.builder()
                .socketOption(StandardSocketOptions.SO_KEEPALIVE, true)
                .socketOption(StandardSocketOptions.SO_RCVBUF, 1 << 20)
                .build();
        // end::sockets[]
    }

    static ClientConfig derived(ClientConfig orders) {
        // tag::derived[]
        return orders.toBuilder().clientName("orders-2").build(); // "orders" does not change
        // end::derived[]
    }

    static ClientConfig partitioning() {
        // tag::partitioning[]
        return ClientConfig.builder()
                .partitioningStrategy(PartitioningStrategy.string()) // "order-1@customer-7" is placed by "customer-7"
                .build();
        // end::partitioning[]
    }

    static List<String> mistakes() {
        // tag::mistakes[]
        try {
            ClientConfig.builder()
                    .clusterMembers("10.0.0.1:port")
                    .invocationTimeout(Duration.ZERO)
                    .build();
        } catch (ConfigurationException e) {
            return e.problems(); // both of them
        }
        // end::mistakes[]
        throw new IllegalStateException("Such a configuration should be refused");
    }
}
