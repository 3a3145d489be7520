// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.cluster.Address;
import io.filbert.error.ConnectionException;
import io.filbert.internal.runtime.ClientLog;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CloudDiscoveryTest {

    private static final String TOKEN = "se cret/&";
    private static final String TWO =
            "[{\"private-address\":\"10.0.0.1:5701\",\"public-address\":\"1.2.3.4:30001\",\"id\":7},"
                    + "{\"private-address\":\"10.0.0.2\",\"public-address\":\"1.2.3.4:30002\"}]";

    private final CloudStandIn cloud = new CloudStandIn();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final SSLSocketFactory platform = HttpsURLConnection.getDefaultSSLSocketFactory();

    @AfterEach
    void end() {
        HttpsURLConnection.setDefaultSSLSocketFactory(platform);
        timer.shutdownNow();
        cloud.close();
    }

    private CloudDiscovery discovery(String url, Duration timeout) {
        return new CloudDiscovery(java.net.URI.create(url), TOKEN, timeout, timer);
    }

    private Map<Address, Address> ask() {
        cloud.trust();
        return discovery(cloud.url(), Duration.ofSeconds(20)).ask();
    }

    private void assertFails(String... parts) {
        assertThatThrownBy(this::ask)
                .isInstanceOf(ConnectionException.class)
                .hasMessageContainingAll(parts)
                .satisfies(CloudDiscoveryTest::keepsTheSecret);
    }

    private static void keepsTheSecret(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            assertThat(t.toString()).doesNotContain(TOKEN, "se+cret", "se%20cret");
        }
    }

    @Test
    void ask_goodAnswer_givesPublicAddressesByPrivateOnes() {
        cloud.answer(200, TWO);

        assertThat(ask())
                .containsExactly(
                        Map.entry(new Address("10.0.0.1", 5701), new Address("1.2.3.4", 30001)),
                        Map.entry(new Address("10.0.0.2", 30002), new Address("1.2.3.4", 30002)));
        assertThat(cloud.requests()).containsExactly("GET /cluster/discovery?token=se+cret%2F%26 UTF-8");
    }

    @Test
    void ask_urlWithPath_isAppendedTo() {
        cloud.answer(200, "[]");
        cloud.trust();

        assertThat(discovery(cloud.url() + "/v2/", Duration.ZERO).ask()).isEmpty();
        assertThat(cloud.requests()).containsExactly("GET /v2/cluster/discovery?token=se+cret%2F%26 UTF-8");
    }

    @Test
    void ask_ipv6Addresses_areUnderstood() {
        cloud.answer(
                200,
                "[{\"private-address\":\"[fe80::1]:5701\",\"public-address\":\"2001:db8::1\"},"
                        + "{\"private-address\":\"[fe80::2]\",\"public-address\":\"[2001:db8::2]:9\"}]");

        assertThat(ask())
                .containsExactly(
                        Map.entry(new Address("fe80::1", 5701), new Address("2001:db8::1", 5701)),
                        Map.entry(new Address("fe80::2", 9), new Address("2001:db8::2", 9)));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 302, 400, 401, 404, 500, 503})
    void ask_otherStatus_failsWithItsText(int status) {
        cloud.answer(status, "{\"message\":\"Cluster with token " + TOKEN + " not\nfound\"}");

        assertFails("status " + status, "Cluster with token (hidden) not found", "cloudDiscoveryToken");
        assertThat(cloud.requests()).as("no redirect is followed").hasSize(1);
    }

    @Test
    void ask_otherStatusWithoutText_fails() {
        cloud.answer(404, "");

        assertFails("status 404");
    }

    @Test
    void ask_certificateNobodyTrusts_failsSayingSo() {
        cloud.answer(200, TWO);

        assertThatThrownBy(() -> discovery(cloud.url(), Duration.ofSeconds(20)).ask())
                .isInstanceOf(ConnectionException.class)
                .hasMessageContainingAll("TLS handshake failed", "certificate", cloud.url())
                .satisfies(CloudDiscoveryTest::keepsTheSecret);
        assertThat(cloud.requests()).isEmpty();
    }

    @Test
    void ask_certificateOfAnotherHost_failsSayingSo() {
        try (CloudStandIn other = new CloudStandIn("cloud.example.org")) {
            other.answer(200, TWO);
            other.trust();

            assertThatThrownBy(
                            () -> discovery(other.url(), Duration.ofSeconds(20)).ask())
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContainingAll("TLS handshake failed", "name the host");
            assertThat(other.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>hello</html>",
                "{\"private-address\":\"a:1\",\"public-address\":\"b:1\"}",
                "[{\"private-address\":\"a:1\",\"public-address\":\"b:1\"}",
                "[\"a:1\"]"
            })
    void ask_whatIsNotTheAnswer_fails(String body) {
        cloud.answer(200, body);

        assertFails("not the JSON that was expected", "at character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:x", "a:70000", "a:", ":1", ""})
    void ask_malformedAddress_failsNamingIt(String address) {
        cloud.answer(200, "[{\"private-address\":\"" + address + "\",\"public-address\":\"b:1\"}]");

        assertFails("\"" + address + "\" as \"private-address\"", "host:port");
    }

    /** Guards against an answer that forges a line of the log, or turns the writing direction there. */
    @Test
    void ask_harmfulCharactersInTheAnswer_areEscaped() {
        cloud.answer(500, "a\u0085b\u202ec");

        assertFails("a\\u0085b\\u202ec");
    }

    /** One item that cannot be used used to cost all of them. */
    @Test
    void ask_oneBadItemAndOneGood_givesTheGoodOne() {
        cloud.answer(
                200,
                "[{\"private-address\":\"10.0.0.1:x\",\"public-address\":\"1.2.3.4:30001\"},"
                        + "{\"private-address\":\"10.0.0.2:5701\",\"public-address\":\"1.2.3.5:30002\"}]");

        assertThat(ask()).containsExactly(Map.entry(new Address("10.0.0.2", 5701), new Address("1.2.3.5", 30002)));
    }

    @Test
    void ask_addressMissing_failsNamingIt() {
        cloud.answer(200, "[{\"private-address\":\"a:1\"}]");

        assertFails("without \"public-address\"");
    }

    @Test
    void ask_hugeAnswer_isGivenUp() {
        cloud.answer(200, "[" + " ".repeat(3 << 20) + "]");

        assertFails("longer than 1048576 bytes");
    }

    @Test
    void ask_silentServer_failsAtTheTimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            String url = "https://127.0.0.1:" + silent.getLocalPort();

            assertThatThrownBy(() -> discovery(url, Duration.ofMillis(200)).ask())
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("no answer within 200 ms (option connectionTimeout)");
        }
    }

    @Test
    void ask_drippingServer_failsAtTheTimeout() {
        cloud.drip();
        cloud.trust();
        long begin = System.nanoTime();

        assertThatThrownBy(() -> discovery(cloud.url(), Duration.ofSeconds(1)).ask())
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("no answer within 1000 ms (option connectionTimeout)");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void ask_unknownHost_failsSayingSo() {
        assertThatThrownBy(() -> discovery("https://no-such-host.invalid", Duration.ofSeconds(20))
                        .ask())
                .isInstanceOf(ConnectionException.class)
                .hasMessageContainingAll("no-such-host.invalid", "cannot be resolved");
    }

    /** Some JDKs start a thread that forgets connections which might be used again; it ends by itself within seconds. */
    @Test
    void ask_leavesNoThreadForGood() {
        cloud.answer(200, TWO);
        ask();

        long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().contains("Keep-Alive"))) {
            assertThat(System.nanoTime() - deadline)
                    .as("a thread for connections that are kept is still there")
                    .isNegative();
            LockSupport.parkNanos(10_000_000);
        }
    }

    // ---- the table

    private CloudAddresses addresses() {
        cloud.trust();
        return new CloudAddresses(
                new ClientLog("test", CloudDiscovery.class),
                discovery(cloud.url(), Duration.ofSeconds(20)),
                Runnable::run);
    }

    @Test
    void candidates_areThePrivateAddresses() {
        cloud.answer(200, TWO);

        AddressProvider.Candidates candidates = addresses().candidates().join();

        assertThat(candidates.primary()).containsExactly(new Address("10.0.0.1", 5701), new Address("10.0.0.2", 30002));
        assertThat(candidates.secondary()).isEmpty();
    }

    @Test
    void candidates_cloudFails_areNone_andTheOldTableStays() {
        cloud.answer(200, TWO);
        CloudAddresses addresses = addresses();
        addresses.candidates().join();
        cloud.answer(500, "broken");

        assertThat(addresses.candidates().join().primary()).isEmpty();
        assertThat(addresses.translate(new Address("10.0.0.1", 5701))).isEqualTo(new Address("1.2.3.4", 30001));
    }

    @Test
    void candidates_cloudFailsAgainAndAgain_isToldOnce() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler collector = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getLevel() + " " + line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(CloudAddresses.class.getName());
        cloud.answer(500, "broken");
        CloudAddresses addresses = addresses();
        logger.addHandler(collector);
        try {
            for (int i = 0; i < 5; i++) {
                assertThat(addresses.candidates().join().primary()).isEmpty();
            }
        } finally {
            logger.removeHandler(collector);
        }

        assertThat(lines).singleElement().asString().startsWith("WARNING [test] Looking for members failed: ");
    }

    @Test
    void translate_known_asksNobody() {
        cloud.answer(200, TWO);
        CloudAddresses addresses = addresses();
        addresses.candidates().join();

        assertThat(addresses.translate(new Address("10.0.0.1", 5701))).isEqualTo(new Address("1.2.3.4", 30001));
        assertThat(addresses.translateCandidate(new Address("10.0.0.2", 30002)))
                .isEqualTo(new Address("1.2.3.4", 30002));
        assertThat(cloud.requests()).hasSize(1);
    }

    @Test
    void translate_unknown_asksOnceMore() {
        cloud.answer(200, "[]");
        CloudAddresses addresses = addresses();
        addresses.candidates().join();
        cloud.answer(200, TWO);

        assertThat(addresses.translate(new Address("10.0.0.1", 5701))).isEqualTo(new Address("1.2.3.4", 30001));
        assertThat(cloud.requests()).hasSize(2);
    }

    @Test
    void translate_unknownForGood_failsWithoutFloodingTheCloud() {
        cloud.answer(200, TWO);
        CloudAddresses addresses = addresses();

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> addresses.translate(new Address("10.0.0.9", 5701)))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("10.0.0.9:5701");
        }
        assertThat(cloud.requests()).hasSize(1);
    }
}
