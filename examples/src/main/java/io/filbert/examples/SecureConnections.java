// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.config.TlsProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Encrypted connections, and ways for client and members to know each other. */
public final class SecureConnections {

    private SecureConnections() {}

    /** Give the PEM file of the CA and the address of a member that speaks TLS. */
    public static void main(String... args) {
        try (HazelcastClient client = HazelcastClient.connect(trusting(Path.of(args[0]), args[1]))) {
            System.out.println(client.name() + " is connected with TLS");
        }
    }

    static ClientConfig trusting(Path ca, String... members) {
        // tag::trust[]
        return ClientConfig.builder()
                .clusterMembers(members)
                .tls(t -> t.caFile(ca).checkHostname(true))
                .build();
        // end::trust[]
    }

    static ClientConfig mutual(Path ca, Path certificate, Path key, Supplier<char[]> vault) {
        // tag::mutual[]
        return ClientConfig.builder()
                .tls(t -> t.caFile(ca)
                        .certificateFile(certificate)
                        .keyFile(key) // leave it out if the key is in the certificate's file
                        .password(vault)) // asked only if the key is encrypted
                .build();
        // end::mutual[]
    }

    static ClientConfig exact() {
        // tag::exact[]
        return ClientConfig.builder()
                .tls(t -> t.protocol(TlsProtocol.TLSv1_2)
                        .ciphers("ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES256-GCM-SHA384"))
                .build();
        // end::exact[]
    }

    static ClientConfig ready(SSLContext context) {
        // tag::context[]
        return ClientConfig.builder().tls(t -> t.sslContext(context)).build();
        // end::context[]
    }

    static ClientConfig password(String password) {
        // tag::password[]
        return ClientConfig.builder()
                .credsUsername("orders")
                .credsPassword(password)
                .tls(t -> t.checkHostname(true)) // without TLS the password can be read on the way
                .build();
        // end::password[]
    }

    static ClientConfig token(Path file) {
        // tag::token[]
        return ClientConfig.builder()
                .connectionTimeout(Duration.ofSeconds(10)) // includes the time that the token takes
                .tokenProvider(member -> freshToken(file))
                .build();
        // end::token[]
    }

    /** Stands for whatever keeps tokens fresh. */
    private static byte[] freshToken(Path file) {
        try {
            return Files.readString(file).getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("No token at " + Instant.now(), e);
        }
    }
}
