// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import io.filbert.cluster.Address;
import io.filbert.config.ClientConfig;
import java.time.Duration;
import java.util.Map;

/** Ways to tell the client where its cluster is, and where another one is. */
public final class FindingTheCluster {

    private FindingTheCluster() {}

    /** Shows the configurations; connecting with them takes clusters that only you have. */
    public static void main(String... args) {
        System.out.println(inTheCloud("token-of-the-cluster").discovery());
        System.out.println(behindAPortMapping(Map.of()).discovery());
        System.out.println(blueAndGreen().failover().clusters().size() + " other cluster");
    }

    static ClientConfig inTheCloud(String token) {
        // tag::cloud[]
        return ClientConfig.builder()
                .clusterName("pr-1234")
                .cloudDiscoveryToken(token)
                .tls(tls -> tls.caFile("ca.pem").certificateFile("cert.pem").keyFile("key.pem"))
                .build();
        // end::cloud[]
    }

    static ClientConfig behindAPortMapping(Map<Address, Address> mapping) {
        // tag::translator[]
        return ClientConfig.builder()
                .clusterMembers("gateway.example.org:30001")
                .addressTranslator(address -> mapping.getOrDefault(address, address))
                .build();
        // end::translator[]
    }

    static ClientConfig blueAndGreen() {
        // tag::failover[]
        return ClientConfig.builder()
                .clusterName("blue")
                .clusterMembers("blue-1.example.org", "blue-2.example.org")
                .failoverCluster(green -> green.clusterName("green")
                        .clusterMembers("green-1.example.org", "green-2.example.org")
                        .credsUsername("orders")
                        .credsPassword("secret"))
                .clusterConnectTimeout(Duration.ofSeconds(30)) // then the other one is tried
                .build();
        // end::failover[]
    }
}
