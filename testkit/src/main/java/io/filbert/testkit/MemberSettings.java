// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What all members of one cluster have in common; made by {@link MemberOptions}. */
record MemberSettings(
        String version,
        String clusterName,
        String configXml,
        String networkXml,
        String heap,
        boolean fastStart,
        List<Path> classPath,
        List<String> modules,
        Map<String, String> systemProperties,
        List<String> jvmOptions,
        Path javaHome,
        Duration startTimeout) {

    MemberSettings {
        classPath = List.copyOf(classPath);
        modules = List.copyOf(modules);
        systemProperties = Map.copyOf(systemProperties);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** The member's configuration file: only what a test needs, and nothing that reaches beyond 127.0.0.1. */
    String toXml(int port, List<Integer> clusterPorts) {
        StringBuilder seeds = new StringBuilder();
        for (int seed : clusterPorts) {
            seeds.append("<member>127.0.0.1:").append(seed).append("</member>");
        }
        String autoDetection = Release.parse(version).atLeast(4, 1) ? "<auto-detection enabled=\"false\"/>" : "";
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <hazelcast xmlns="http://www.hazelcast.com/schema/config">
                <cluster-name>%s</cluster-name>
                <network>
                <port auto-increment="false" port-count="1">%d</port>
                <join>%s<multicast enabled="false"/><tcp-ip enabled="true">%s</tcp-ip></join>
                <interfaces enabled="true"><interface>127.0.0.1</interface></interfaces>
                %s
                </network>
                %s
                </hazelcast>
                """.formatted(escape(clusterName), port, autoDetection, seeds, networkXml, configXml);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
