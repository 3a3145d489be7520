// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.statistics;

import io.filbert.HazelcastClient;
import io.filbert.map.DistributedMap;
import java.time.Duration;

/** A program for a Java runtime without management and flight recorder. */
final class SmallImage {

    private SmallImage() {}

    public static void main(String... args) {
        try (HazelcastClient client = HazelcastClient.connect(config -> config.clusterMembers(args[0])
                .clientName("small")
                .statisticsEnabled(true)
                .statisticsPeriod(Duration.ofMillis(20)))) {
            DistributedMap<String, String> map = client.getMap("m");
            map.put("k", "v").join();
            System.out.println(
                    "modules " + ModuleLayer.boot().findModule("jdk.jfr").isPresent()
                            + ModuleLayer.boot().findModule("java.management").isPresent());
            System.out.println("answered " + (client.metrics().calls().answered() > 0));
            map.put("done", "yes").join();
            while (!"seen".equals(map.get("done").join())) {
                Thread.onSpinWait();
            }
        }
    }
}
