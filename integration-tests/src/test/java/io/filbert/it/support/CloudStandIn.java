// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.filbert.testkit.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * Tells addresses as Hazelcast Cloud does, on 127.0.0.1. While it is open the JDK's own HTTPS connections trust its certificate and no
 * other. Thread-safe.
 */
public final class CloudStandIn implements AutoCloseable {

    private final TestCertificate certificate = TestCertificate.forLoopback();
    private final SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
    private final HttpsServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int status = 200;
    private volatile String body = "[]";
    private volatile String lastQuery = "";

    /** Begins to listen. */
    public CloudStandIn() {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("No port to listen on", e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context(List.of())));
        server.createContext("/cluster/discovery", this::handle);
        server.start();
        HttpsURLConnection.setDefaultSSLSocketFactory(
                TestCertificate.contextTrusting(certificate).getSocketFactory());
    }

    /** What clients are configured with. */
    public String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers with this from now on. */
    public void answer(int newStatus, String newBody) {
        status = newStatus;
        body = newBody;
    }

    /** How often it was asked. */
    public int requests() {
        return requests.get();
    }

    /** The query of the last request. */
    public String lastQuery() {
        return lastQuery;
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        lastQuery = exchange.getRequestURI().getQuery();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        HttpsURLConnection.setDefaultSSLSocketFactory(before);
        server.stop(0);
    }
}
