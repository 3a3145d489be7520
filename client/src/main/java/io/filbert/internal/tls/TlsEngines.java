// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.tls;

import io.filbert.cluster.Address;
import io.filbert.config.TlsConfig;
import io.filbert.config.TlsProtocol;
import io.filbert.error.ConfigurationException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Makes the TLS engine of each connection, as configured. Thread-safe. */
public final class TlsEngines {

    private final SSLContext context;
    private final String @Nullable [] protocols;
    private final String @Nullable [] ciphers;
    private final boolean checkHostname;
    private final @Nullable String serverName;

    private TlsEngines(TlsConfig config, SSLContext context, List<String> problems) {
        this.context = context;
        checkHostname = config.checkHostname();
        serverName = config.serverName();
        protocols = protocols(config);
        int before = problems.size();
        ciphers = ciphers(config, problems);
        // With a suite missing that was meant, a handshake would fail for that reason. Files do not matter to its first
        // message.
        if (problems.size() == before) {
            rehearse(config, problems);
        }
    }

    /**
     * Reads the files and checks that a handshake could begin.
     *
     * @throws ConfigurationException naming every problem
     */
    public static TlsEngines of(TlsConfig config) {
        List<String> problems = new ArrayList<>();
        SSLContext given = config.sslContext();
        SSLContext context = given != null ? given : ContextFiles.read(config, problems);
        TlsEngines engines = new TlsEngines(config, context, problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return engines;
    }

    /** An engine for one connection to the address, in client mode. */
    public SSLEngine engine(Address address) {
        String host = serverName == null ? address.host() : serverName;
        SSLEngine engine = context.createSSLEngine(host, address.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        if (protocols != null) {
            parameters.setProtocols(protocols);
        }
        if (ciphers != null) {
            parameters.setCipherSuites(ciphers);
        }
        if (checkHostname) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        // The JDK by itself leaves it out for names without a dot.
        SNIServerName name = sni(host);
        if (name != null) {
            parameters.setServerNames(List.of(name));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Literal addresses are not sent. */
    private static @Nullable SNIServerName sni(String host) {
        boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        if (literal) {
            return null;
        }
        try {
            return new SNIHostName(host);
        } catch (IllegalArgumentException e) {
            return null; // A name that resolvers know and TLS does not, such as one with an underscore at its end.
        }
    }

    private static String @Nullable [] protocols(TlsConfig config) {
        TlsProtocol protocol = config.protocol();
        if (protocol == null) {
            return config.sslContext() != null
                    ? null
                    : new String[] {TlsProtocol.TLSv1_3.standardName(), TlsProtocol.TLSv1_2.standardName()};
        }
        return new String[] {protocol.standardName()};
    }

    private String @Nullable [] ciphers(TlsConfig config, List<String> problems) {
        if (config.ciphers().isEmpty()) {
            return null;
        }
        List<String> unknown = new ArrayList<>();
        List<String> named = new CipherNames(context.getSupportedSSLParameters().getCipherSuites())
                .resolve(config.ciphers(), unknown);
        for (String name : unknown) {
            problems.add(
                    "tls.ciphers names \"" + name + "\", but must name cipher suites that this JDK has, as OpenSSL or"
                            + " IANA do: keywords and operators of OpenSSL cipher lists are not supported, name the suites");
        }
        // As with OpenSSL: lists made for TLS 1.2 say nothing about TLS 1.3.
        if (named.stream().noneMatch(CipherNames::isOfTls13)) {
            for (String suite : context.getDefaultSSLParameters().getCipherSuites()) {
                if (CipherNames.isOfTls13(suite)) {
                    named.add(suite);
                }
            }
        }
        return named.toArray(String[]::new);
    }

    /** Makes the first message of a handshake, which shows whether protocol and ciphers go together and are permitted. */
    private void rehearse(TlsConfig config, List<String> problems) {
        try {
            SSLEngine engine = engine(new Address("filbert.invalid", 1));
            ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.beginHandshake();
            engine.wrap(ByteBuffer.allocate(0), hello);
            for (Runnable task;
                    engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK
                            && (task = engine.getDelegatedTask()) != null; ) {
                task.run();
            }
            if (hello.position() == 0) {
                engine.wrap(ByteBuffer.allocate(0), hello);
            }
        } catch (SSLException | IllegalArgumentException e) {
            TlsProtocol protocol = config.protocol();
            problems.add("tls.protocol is " + (protocol == null ? "not set" : protocol)
                    + (config.ciphers().isEmpty() ? "" : " and tls.ciphers is " + config.ciphers())
                    + ", but must be something that this JDK can do (" + e.getMessage()
                    + "): use TLSv1_2 or TLSv1_3 with suites of that version; the JDK's security property"
                    + " jdk.tls.disabledAlgorithms lists what it has switched off");
        }
    }
}
