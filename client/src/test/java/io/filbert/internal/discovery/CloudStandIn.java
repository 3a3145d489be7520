// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.discovery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.filbert.internal.tls.TestIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.HttpsURLConnection;

/** Answers on 127.0.0.1 as Hazelcast Cloud does, or as it should not. Thread-safe. */
final class CloudStandIn implements AutoCloseable {

    private final TestIdentity identity;
    private final HttpsServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 500;
    private volatile byte[] body = new byte[0];
    private volatile boolean dripping;
    private volatile boolean closed;

    CloudStandIn() {
        this("127.0.0.1");
    }

    /** @param host the only one its certificate names */
    CloudStandIn(String host) {
        identity =
                TestIdentity.selfSigned(TestIdentity.ec(), "CN=cloud", Duration.ofDays(-1), Duration.ofDays(1), host);
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Has the JDK trust the stand-in's certificate, and no other. */
    void trust() {
        HttpsURLConnection.setDefaultSSLSocketFactory(
                TestIdentity.trusting(identity.certificate()).getSocketFactory());
    }

    void answer(int newStatus, String newBody) {
        dripping = false;
        status = newStatus;
        body = newBody.getBytes(StandardCharsets.UTF_8);
    }

    /** A byte now and then, without end. */
    void drip() {
        dripping = true;
    }

    /** Method, path and wanted charset of each request. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Accept-Charset"));
        exchange.getResponseHeaders().add("Location", url() + "/elsewhere");
        if (dripping) {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (!closed) {
                    out.write(' ');
                    out.flush();
                    LockSupport.parkNanos(20_000_000);
                }
            }
            return;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        closed = true;
        server.stop(0);
        executor.shutdownNow();
    }
}
