// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * One report: the same figures as text, which all members understand, and as metrics, which those since 4.1 pass on. Immutable.
 *
 * @param timestampMillis when the figures were read
 */
record Report(long timestampMillis, String attributes, List<Metric> metrics) {

    /** What does not change while a client runs. */
    record Client(String type, String version, String name) {}

    /**
     * The connection a report is sent on.
     *
     * @param localAddress host and port of this end
     */
    record Sender(long openedMillis, String localAddress) {}

    static Report of(
            long timestampMillis,
            Client client,
            Sender sender,
            List<NearCacheFigures> nearCaches,
            List<Metric> platform,
            long bytesSent,
            long bytesReceived) {
        AttributeText text = new AttributeText()
                .add("lastStatisticsCollectionTime", timestampMillis)
                .add("enterprise", false)
                .add("clientType", client.type())
                .add("clientVersion", client.version())
                .add("clusterConnectionTimestamp", sender.openedMillis())
                .add("clientAddress", sender.localAddress())
                .add("clientName", client.name());
        List<Metric> metrics = new ArrayList<>();
        for (NearCacheFigures cache : nearCaches) {
            String prefix = "nc." + AttributeText.escaped(cache.name()) + ".";
            for (NearCacheFigures.Figure figure : cache.all()) {
                text.add(prefix + figure.name(), figure.value());
                metrics.add(
                        new Metric("nearcache", figure.name(), "name", cache.name(), figure.unit(), figure.value()));
            }
        }
        for (Metric metric : platform) {
            text.add(metric.prefix() + "." + metric.name(), metric.value());
            metrics.add(metric);
        }
        metrics.add(Metric.of("tcp", "bytesSend", Unit.BYTES, bytesSent));
        metrics.add(Metric.of("tcp", "bytesReceived", Unit.BYTES, bytesReceived));
        return new Report(timestampMillis, text.toString(), metrics);
    }
}
