// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.tls;

import io.filbert.cluster.Address;
import io.filbert.error.AuthenticationException;
import io.filbert.error.ConnectionException;
import io.filbert.error.HazelcastException;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in words why a connection with TLS was not made and what to do. The JDK tells some of it in messages only, so these are
 * looked at; a message that is not known is passed on with general advice. Stateless.
 */
public final class HandshakeFailure {

    private HandshakeFailure() {}

    /**
     * The error for the user.
     *
     * @param handshakeDone whether TLS was up: with TLS 1.3 members look at the client's certificate only then
     * @return an {@link AuthenticationException} if trying again cannot help, else a {@link ConnectionException}; null if the failure
     *     has nothing to do with TLS
     */
    public static @Nullable HazelcastException explain(
            Address address, boolean handshakeDone, @Nullable Throwable cause) {
        SSLException tls = find(cause, SSLException.class);
        if (tls != null) {
            return explain("TLS with member " + address + " failed: ", tls);
        }
        if (find(cause, IOException.class) == null) {
            return null;
        }
        String lost = "Member " + address + " ended the connection ";
        return new ConnectionException(
                handshakeDone
                        ? lost + "right after the TLS handshake (" + message(cause)
                                + "). Members do so when they require a client certificate and got none they trust: check"
                                + " tls.certificateFile and the member's log"
                        : lost + "during the TLS handshake (" + message(cause)
                                + "). Perhaps it does not speak TLS at this port (then leave tls out), has none of the"
                                + " protocols and ciphers that were offered (tls.protocol, tls.ciphers), or requires a client"
                                + " certificate and got none it trusts (tls.certificateFile): the member's log tells which",
                cause);
    }

    private static HazelcastException explain(String failed, SSLException tls) {
        String text = message(tls);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("received fatal alert")) {
            return new AuthenticationException(failed + "the member refused with '" + text + "'. " + alert(lower), tls);
        }
        if (find(tls, CertificateExpiredException.class) != null
                || find(tls, CertificateNotYetValidException.class) != null) {
            return new AuthenticationException(
                    failed + "the certificate of the member, or of its issuer, is not valid today (" + root(tls)
                            + "). Renew it, or check the clock of this machine",
                    tls);
        }
        CertificateException certificate = find(tls, CertificateException.class);
        if (certificate != null && isAboutName(message(certificate))) {
            return new AuthenticationException(
                    failed + "the certificate of the member is for another host (" + message(certificate)
                            + "). Connect to a name that the certificate has, set tls.serverName to one, or issue a certificate"
                            + " with this name; tls.checkHostname(false) turns the check off",
                    tls);
        }
        if (certificate != null || lower.contains("certification path") || lower.contains("trustanchors")) {
            return new AuthenticationException(
                    failed + "the certificate of the member is not trusted (" + root(tls)
                            + "). Set tls.caFile to the certificate of the CA that issued it; without tls.caFile the CAs that"
                            + " the JDK trusts count",
                    tls);
        }
        if (lower.contains("protocol version") || lower.contains("protocol_version")) {
            return new AuthenticationException(
                    failed + text + ". Choose a version that the member speaks too (tls.protocol)", tls);
        }
        if (lower.contains("unrecognized ssl message") || lower.contains("unsupported record version")) {
            return new ConnectionException(
                    failed + "the answer was not TLS (" + text
                            + "). The member does not speak TLS at this port: leave tls out, or correct the port",
                    tls);
        }
        return new ConnectionException(failed + text + ". See the member's log for its side", tls);
    }

    private static String alert(String lower) {
        if (lower.contains("certificate") || lower.contains("unknown_ca") || lower.contains("access_denied")) {
            return "It requires a client certificate that it trusts: check tls.certificateFile, tls.keyFile, and the trust"
                    + " store of the member";
        }
        if (lower.contains("protocol_version")) {
            return "It does not speak this version of TLS: choose another one (tls.protocol)";
        }
        if (lower.contains("unrecognized_name")) {
            return "It does not know the host name it was asked for: correct the address, or set tls.serverName";
        }
        if (lower.contains("handshake_failure") || lower.contains("insufficient_security")) {
            return "There is no protocol or cipher suite that both sides permit (tls.protocol, tls.ciphers), or it requires a"
                    + " client certificate (tls.certificateFile)";
        }
        return "See the member's log for the reason";
    }

    /** The messages of the JDK's host name check. */
    private static boolean isAboutName(String text) {
        return text.startsWith("No subject alternative")
                || text.startsWith("No name matching")
                || text.contains("Illegal given domain name");
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return message(root);
    }

    private static String message(@Nullable Throwable failure) {
        if (failure == null) {
            return "without reason";
        }
        String text = failure.getMessage();
        return text == null ? failure.getClass().getSimpleName() : text;
    }

    private static <T extends Throwable> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
