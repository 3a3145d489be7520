// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

// tag::imports[]
import io.filbert.HazelcastClient;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.DistributedMap;
import java.util.concurrent.CompletableFuture;
// end::imports[]

/** The first program: a map that all clients of a cluster see. */
public final class Personnel {

    private Personnel() {}

    // tag::first[]
    /** Give the addresses of members; without any, 127.0.0.1 is tried. */
    public static void main(String... members) {
        try (HazelcastClient client = HazelcastClient.connect(config -> config.clusterMembers(members))) {
            DistributedMap<String, String> personnel = client.getMap("personnel-map");
            CompletableFuture<String> previous = personnel.put("Alice", "IT"); // async is the default
            previous.join();

            BlockingDistributedMap<String, String> map = personnel.blocking(); // is a ConcurrentMap
            map.put("Bob", "IT");
            map.forEach((person, department) -> System.out.println(person + " is in " + department + " department"));
        }
    }
    // end::first[]

    /** The second program: it adds other people and sees those who were there. */
    static void addSales(HazelcastClient client) {
        // tag::second[]
        BlockingDistributedMap<String, String> personnel =
                client.getMap("personnel-map", String.class, String.class).blocking();
        personnel.put("Denise", "Sales");
        personnel.put("Erwing", "Sales");
        personnel.put("Faith", "Sales");
        System.out.println("Added Sales personnel. Printing all known personnel");
        personnel.forEach((person, department) -> System.out.println(person + " is in " + department + " department"));
        // end::second[]
    }
}
