// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.faults;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is on the heap of this JVM after a full collection, as the JVM's own histogram tells. Immutable.
 *
 * @param bytes of all objects
 * @param ofClient how many objects there are of each class of the client
 */
record LiveObjects(long bytes, Map<String, Long> ofClient) {

    private static final int INSTANCES = 2;
    private static final int BYTES = 3;
    private static final int CLASS = 4;

    static LiveObjects count() {
        Map<String, Long> counts = new TreeMap<>();
        long bytes = 0;
        // Lines such as "  12:      3456      789012  io.filbert.map.Entry (module)", the last one with the sums.
        for (String line : histogram().split("\n", -1)) {
            String[] columns = (" " + line.strip()).split("\\s+");
            if (columns.length > CLASS && columns[1].endsWith(":")) {
                bytes += Long.parseLong(columns[BYTES]);
                String name = columns[CLASS];
                if (name.startsWith("io.filbert.")
                        && !name.startsWith("io.filbert.testkit.")
                        && !name.startsWith("io.filbert.it.")) {
                    counts.put(name, Long.parseLong(columns[INSTANCES]));
                }
            }
        }
        return new LiveObjects(bytes, counts);
    }

    private static String histogram() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException("This JVM does not count its objects", e);
        }
    }

    /** The classes of the client of which there are at least so many more objects than before, with how many more. */
    Map<String, Long> grownSince(LiveObjects before, long atLeast) {
        Map<String, Long> grown = new TreeMap<>();
        ofClient.forEach((name, count) -> {
            long more = count - before.ofClient.getOrDefault(name, 0L);
            if (more >= atLeast) {
                grown.put(name, more);
            }
        });
        return grown;
    }
}
