// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;

/** What the options of credentials and TLS must satisfy, as far as that shows without reading files. */
final class SecurityChecks {

    private SecurityChecks() {}

    static void check(CredentialsConfig credentials, TlsConfig tls, Problems p) {
        check(credentials, p);
        if (tls.enabled()) {
            check(tls, p);
        }
    }

    private static void check(CredentialsConfig credentials, Problems p) {
        p.require(
                credentials.password() == null || credentials.username() != null,
                "credsPassword",
                Problems.HIDDEN,
                "given together with credsUsername",
                "give the name of the user that the password belongs to");
        if (credentials.username() != null) {
            p.name(
                    "credsUsername",
                    credentials.username(),
                    "the name of a user",
                    "leave out both to show no credentials");
            p.require(
                    credentials.password() != null,
                    "credsUsername",
                    credentials.username(),
                    "given together with credsPassword",
                    "give the password of the user, or \"\" if it is empty");
        }
        List<String> ways = new ArrayList<>();
        if (credentials.username() != null || credentials.password() != null) {
            ways.add("credsUsername");
        }
        if (credentials.tokenProvider() != null) {
            ways.add("tokenProvider");
        }
        if (credentials.custom() != null) {
            ways.add("customCredentials");
        }
        if (ways.size() > 1) {
            p.add(
                    ways.get(ways.size() - 1),
                    Problems.HIDDEN,
                    "the only way to authenticate",
                    "members take one kind of credentials; leave out "
                            + String.join(" and ", ways.subList(0, ways.size() - 1)) + ", or this");
        }
    }

    private static void check(TlsConfig tls, Problems p) {
        boolean ownContext = tls.sslContext() != null;
        checkFile("tls.caFile", tls.caFile(), ownContext, p);
        checkFile("tls.certificateFile", tls.certificateFile(), ownContext, p);
        checkFile("tls.keyFile", tls.keyFile(), ownContext, p);
        if (ownContext) {
            absent("tls.password", tls.password() == null ? null : Problems.HIDDEN, p);
        } else if (tls.certificateFile() == null) {
            String allowed = "given together with tls.certificateFile";
            String remedy = "a private key is of use only with the certificate of the client";
            p.require(tls.keyFile() == null, "tls.keyFile", shown(tls.keyFile()), allowed, remedy);
            p.require(tls.password() == null, "tls.password", Problems.HIDDEN, allowed, remedy);
        }
        for (String cipher : tls.ciphers()) {
            p.require(
                    !cipher.isBlank(),
                    "tls.ciphers",
                    cipher,
                    "the name of a cipher suite",
                    "call it with no name at all to offer what the JDK offers");
        }
        String name = tls.serverName();
        if (name != null && !isHostName(name)) {
            p.add("tls.serverName", name, "a host name", "give one of the names in the certificates of the members");
        }
    }

    private static void checkFile(String option, @Nullable Path file, boolean ownContext, Problems p) {
        if (ownContext) {
            absent(option, file == null ? null : shown(file), p);
        }
    }

    private static void absent(String option, @Nullable Object value, Problems p) {
        if (value != null) {
            p.add(
                    option,
                    value,
                    "left out beside tls.sslContext",
                    "the context knows already whom to trust and which certificate to show; give either it or files");
        }
    }

    private static String shown(@Nullable Path path) {
        return String.valueOf(path);
    }

    private static boolean isHostName(String name) {
        try {
            return !new SNIHostName(name).getAsciiName().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
