// SPDX-License-Identifier: Apache-2.0
package io.filbert;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.config.ClientConfig;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * A client that encrypts without checking the names of its peers is open to anybody with a certificate of the same issuer, and nothing
 * said so: it logs one warning, with the remedy.
 */
class UncheckedHostTest {

    private static List<String> warnings(Consumer<ClientConfig.Builder> options) {
        Logger logger = Logger.getLogger("io.filbert.HazelcastClient");
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler recorder = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLevel().equals(Level.WARNING) && line.getMessage().contains("checkHostname")) {
                    lines.add(line.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(recorder);
        try {
            HazelcastClient.connect(config -> {
                        config.asyncStart(true).clientName("me").clusterMembers("127.0.0.1:1");
                        options.accept(config);
                    })
                    .close();
        } finally {
            logger.removeHandler(recorder);
        }
        return lines;
    }

    @Test
    void tls_withoutHostNameCheck_isWarnedOfOnceWithTheRemedy() {
        assertThat(warnings(config -> config.clusterName("blue").tls(t -> {})))
                .singleElement()
                .asString()
                .startsWith("[me] ")
                .contains("cluster \"blue\"", "tls(t -> t.checkHostname(true))", "serverName");
    }

    @Test
    void tls_ofSeveralClusters_isWarnedOfInOneLine() {
        assertThat(warnings(config -> config.clusterName("blue")
                        .tls(t -> {})
                        .failoverCluster(other -> other.clusterName("green")
                                .clusterMembers("127.0.0.1:1")
                                .tls(t -> t.checkHostname(false)))
                        .failoverCluster(other -> other.clusterName("checked")
                                .clusterMembers("127.0.0.1:1")
                                .tls(t -> t.checkHostname(true)))))
                .singleElement()
                .asString()
                .contains("\"blue\", \"green\"")
                .doesNotContain("\"checked\"");
    }

    @Test
    void tls_checkedOrNotUsed_isNotWarnedOf() {
        assertThat(warnings(config -> {})).isEmpty();
        assertThat(warnings(config -> config.tls(t -> t.checkHostname(true)))).isEmpty();
        assertThat(warnings(config -> config.tls(t -> t.enabled(false)))).isEmpty();
    }
}
