// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.tls;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cipher suites of a JDK under the names that users know them by: IANA's, which are the JDK's own but for some old suites, and
 * those of OpenSSL. An OpenSSL name is the IANA name with other separators and without what goes without saying, so it is computed
 * rather than looked up. Immutable.
 */
final class CipherNames {

    private final Map<String, String> suites = new LinkedHashMap<>();

    /** @param supported the names of the JDK */
    CipherNames(String[] supported) {
        for (String suite : supported) {
            suites.put(suite, suite);
            suites.put(suite.replaceFirst("^SSL_", "TLS_"), suite);
            String openSsl = openSslName(suite);
            if (openSsl != null) {
                suites.putIfAbsent(openSsl, suite);
                suites.putIfAbsent(openSsl.replaceFirst("^DHE-", "EDH-"), suite);
            }
        }
    }

    /**
     * The JDK's names for the given ones, in their order.
     *
     * @param given names, or several of them in one text with colons, commas or spaces between them
     * @param unknown gets the names that no suite has
     */
    List<String> resolve(Collection<String> given, Collection<String> unknown) {
        Set<String> resolved = new LinkedHashSet<>();
        for (String text : given) {
            for (String name : text.strip().split("[:,\\s]+")) {
                String suite = suites.get(name);
                if (suite == null) {
                    suite = suites.get(name.toUpperCase(Locale.ROOT));
                }
                if (suite != null) {
                    resolved.add(suite);
                } else if (!name.isEmpty()) {
                    unknown.add(name);
                }
            }
        }
        return new ArrayList<>(resolved);
    }

    /** Whether a suite, under the JDK's name, belongs to TLS 1.3, whose suites do not say how keys are exchanged. */
    static boolean isOfTls13(String suite) {
        return suite.startsWith("TLS_") && !suite.contains("_WITH_") && !suite.endsWith("_SCSV");
    }

    /** OpenSSL's name for a suite of the JDK; null if it has none or the same. */
    static @Nullable String openSslName(String suite) {
        int with = suite.indexOf("_WITH_");
        if (with < 0 || suite.contains("KRB5") || suite.contains("EXPORT")) {
            return null;
        }
        String exchange = suite.substring(4, with).replace("ECDH_anon", "AECDH").replace("DH_anon", "ADH");
        String cipher = suite.substring(with + "_WITH_".length())
                .replace("3DES_EDE_CBC", "DES-CBC3")
                .replaceFirst("(AES|ARIA|CAMELLIA)_(\\d+)_CBC", "$1$2")
                .replaceFirst("(AES|ARIA|CAMELLIA)_(\\d+)", "$1$2")
                .replace("RC4_128", "RC4")
                .replace("CHACHA20_POLY1305_SHA256", "CHACHA20-POLY1305");
        String prefix = exchange.equals("RSA") ? "" : exchange + "-";
        return (prefix + cipher).replace('_', '-');
    }
}
