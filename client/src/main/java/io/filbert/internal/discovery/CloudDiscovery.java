// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.discovery;

import io.filbert.cluster.Address;
import io.filbert.error.ConnectionException;
import io.filbert.internal.runtime.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks Hazelcast Cloud for the addresses of members. Whom it trusts is the business of the JDK, whatever the client's own options of
 * TLS say. What it throws never shows the token. Thread-safe.
 *
 * <p>{@link HttpsURLConnection} needs no module and no threads that stay, which {@code java.net.http.HttpClient} does; a connection
 * is used once.
 */
public final class CloudDiscovery {

    /** A hostile answer must not fill the memory; that of a thousand members is a tenth of it. */
    private static final int LONGEST_ANSWER = 1 << 20;

    private static final int LONGEST_QUOTE = 200;

    private static final int PORT_IF_NONE_IS_SAID = 5701;

    private static final Logger LOG = System.getLogger(CloudDiscovery.class.getName());

    private final AtomicBoolean unusableLogged = new AtomicBoolean();
    private final URI url;
    private final String token;
    private final Duration timeout;
    private final ScheduledExecutorService timer;

    /**
     * @param url the scheme and host, perhaps with more; the path of the discovery is appended
     * @param timeout for the request as a whole; zero for none
     * @param timer ends requests that take longer
     */
    public CloudDiscovery(URI url, String token, Duration timeout, ScheduledExecutorService timer) {
        this.url = url;
        this.token = token;
        this.timeout = timeout;
        this.timer = timer;
    }

    /**
     * The public address of each member by its private one. Blocks its thread for at most the timeout.
     *
     * @throws ConnectionException if they cannot be found out
     */
    Map<Address, Address> ask() {
        AtomicBoolean timedOut = new AtomicBoolean();
        try (ClosableTls tls = new ClosableTls(HttpsURLConnection.getDefaultSSLSocketFactory())) {
            HttpsURLConnection connection = open(tls);
            @Nullable ScheduledFuture<?> watch = watch(tls, timedOut);
            try {
                return addresses(body(connection));
            } finally {
                if (watch != null) {
                    watch.cancel(false);
                }
            }
        } catch (IOException | RejectedExecutionException e) {
            // Texts of the JDK may quote the address that was asked, and that holds the token: so no cause, but its
            // text.
            throw new ConnectionException(
                    hidden("Asking Hazelcast Cloud at " + url + " failed: " + explain(e, timedOut.get())));
        }
    }

    private HttpsURLConnection open(ClosableTls tls) throws IOException {
        String path = url.toString().replaceFirst("/$", "") + "/cluster/discovery?token="
                + URLEncoder.encode(token, StandardCharsets.UTF_8);
        HttpsURLConnection connection =
                (HttpsURLConnection) URI.create(path).toURL().openConnection();
        connection.setSSLSocketFactory(tls);
        int millis = (int)
                Math.min(timeout.toMillis() + (timeout.toNanosPart() % 1_000_000 == 0 ? 0 : 1), Integer.MAX_VALUE);
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setUseCaches(false);
        // Whoever it leads to would be given the token.
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Accept-Charset", "UTF-8");
        connection.setRequestProperty("Connection", "close");
        return connection;
    }

    /** The timeouts of the connection are for one step each; a peer that drips would have as many as it likes. */
    private @Nullable ScheduledFuture<?> watch(ClosableTls tls, AtomicBoolean timedOut) {
        if (timeout.isZero()) {
            return null;
        }
        return timer.schedule(
                () -> {
                    timedOut.set(true);
                    tls.close();
                },
                timeout.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private String body(HttpsURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] bytes = in == null ? new byte[0] : in.readNBytes(LONGEST_ANSWER + 1);
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (status != HttpsURLConnection.HTTP_OK) {
                throw new IOException("it answered with status " + status + " and \"" + quote(text)
                        + "\"; check option cloudDiscoveryToken");
            }
            if (bytes.length > LONGEST_ANSWER) {
                throw new IOException("its answer is longer than " + LONGEST_ANSWER + " bytes");
            }
            return text;
        }
    }

    private static String quote(String text) {
        String oneLine = Printable.escaped(text.strip().replaceAll("\\s+", " "));
        return oneLine.length() <= LONGEST_QUOTE ? oneLine : oneLine.substring(0, LONGEST_QUOTE) + "…";
    }

    /** One member that is described badly must not cost the others. */
    private Map<Address, Address> addresses(String body) throws IOException {
        Map<Address, Address> addresses = new LinkedHashMap<>();
        @Nullable IOException unusable = null;
        for (Map<String, String> member : FlatJson.objects(body)) {
            try {
                Address open = address(member, "public-address", PORT_IF_NONE_IS_SAID);
                addresses.put(address(member, "private-address", open.port()), open);
            } catch (IOException e) {
                unusable = e;
            }
        }
        if (unusable != null && addresses.isEmpty()) {
            throw unusable;
        }
        if (unusable != null && unusableLogged.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "Hazelcast Cloud at " + url
                            + " describes a member in a way that cannot be used; taking the others: "
                            + Printable.escaped(String.valueOf(unusable.getMessage())));
        }
        return addresses;
    }

    private static Address address(Map<String, String> member, String field, int portIfNone) throws IOException {
        String text = member.get(field);
        if (text == null) {
            throw new IOException("its answer has a member without \"" + field + "\"");
        }
        int end = text.lastIndexOf(':');
        boolean ipv6WithoutPort = text.endsWith("]") || (text.indexOf(':') != end && !text.startsWith("["));
        String host = end < 0 || ipv6WithoutPort ? text : text.substring(0, end);
        try {
            int port = host.equals(text) ? portIfNone : Integer.parseInt(text.substring(end + 1));
            return new Address(host.replaceAll("[\\[\\]]", ""), port);
        } catch (IllegalArgumentException e) {
            throw new IOException("its answer has \"" + quote(text) + "\" as \"" + field + "\", which is no host:port");
        }
    }

    private String explain(Exception e, boolean timedOut) {
        if (timedOut || e instanceof SocketTimeoutException) {
            return "no answer within " + timeout.toMillis() + " ms (option connectionTimeout)";
        }
        if (e instanceof SSLException) {
            return "the TLS handshake failed (" + e.getMessage()
                    + "); its certificate must be one that the JDK trusts, and name the host";
        }
        if (e instanceof UnknownHostException) {
            return "its name cannot be resolved";
        }
        return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
    }

    private String hidden(String text) {
        return text.replace(URLEncoder.encode(token, StandardCharsets.UTF_8), "(hidden)")
                .replace(token, "(hidden)");
    }
}
