// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {

    private static final Report.Client CLIENT = new Report.Client("FLB", "1.2.3", "orders");
    private static final Report.Sender SENDER = new Report.Sender(1_700_000_000_000L, "10.0.0.5:41234");

    @Test
    void attributes_containEverythingInOrder() {
        Report report = Report.of(
                1_700_000_001_000L,
                CLIENT,
                SENDER,
                List.of(new NearCacheFigures("/a.b", 11, 12, 13, 14, 15, 16, 17, 18, 19)),
                List.of(Metric.of("os", "systemLoadAverage", null, 1.5), Metric.of("runtime", "uptime", null, 77L)),
                1_000,
                2_000);

        assertThat(report.attributes())
                .isEqualTo("lastStatisticsCollectionTime=1700000001000,enterprise=false,clientType=FLB,"
                        + "clientVersion=1.2.3,clusterConnectionTimestamp=1700000000000,clientAddress=10.0.0.5:41234,"
                        + "clientName=orders,nc.a\\.b.creationTime=11,nc.a\\.b.evictions=12,nc.a\\.b.hits=13,"
                        + "nc.a\\.b.misses=14,nc.a\\.b.ownedEntryCount=15,nc.a\\.b.expirations=16,"
                        + "nc.a\\.b.invalidations=17,nc.a\\.b.invalidationRequests=18,"
                        + "nc.a\\.b.ownedEntryMemoryCost=19,os.systemLoadAverage=1.5,runtime.uptime=77");
    }

    @Test
    void metrics_nameTheCacheAsItIs_andEndWithTheBytes() {
        Report report = Report.of(
                1,
                CLIENT,
                SENDER,
                List.of(new NearCacheFigures("/a.b", 11, 12, 13, 14, 15, 16, 17, 18, 19)),
                List.of(Metric.of("runtime", "uptime", null, 77L)),
                1_000,
                2_000);

        assertThat(report.metrics())
                .startsWith(
                        new Metric("nearcache", "creationTime", "name", "/a.b", Unit.MILLISECONDS, 11L),
                        new Metric("nearcache", "evictions", "name", "/a.b", Unit.COUNT, 12L))
                .endsWith(
                        new Metric("nearcache", "ownedEntryMemoryCost", "name", "/a.b", Unit.BYTES, 19L),
                        Metric.of("runtime", "uptime", null, 77L),
                        Metric.of("tcp", "bytesSend", Unit.BYTES, 1_000L),
                        Metric.of("tcp", "bytesReceived", Unit.BYTES, 2_000L))
                .hasSize(9 + 1 + 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "map map",
                "/map map",
                "//map /map",
                "a/b a/b",
                "a.b a\\.b",
                "a,b a\\,b",
                "a=b a\\=b",
                "a\\b a\\\\b",
                "/.,=\\ \\.\\,\\=\\\\"
            })
    void escaped_marksWhatMeansSomethingInKeys(String name, String expected) {
        assertThat(AttributeText.escaped(name)).isEqualTo(expected);
    }

    @Test
    void hostAndPort_ofAnySocketAddress() throws Exception {
        InetAddress address = InetAddress.getByAddress("ignored.example", new byte[] {10, 1, 2, 3});

        assertThat(StatisticsReporter.hostAndPort(new InetSocketAddress(address, 5)))
                .isEqualTo("10.1.2.3:5");
        assertThat(StatisticsReporter.hostAndPort(InetSocketAddress.createUnresolved("nowhere", 5)))
                .isEmpty();
        assertThat(StatisticsReporter.hostAndPort(null)).isEmpty();
    }
}
