// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How connections are encrypted. Immutable and thread-safe. Made by the nested builder that {@link ClientConfig.Builder#tls} hands
 * out, where each option is explained. Files are read when a client is made of the configuration.
 */
public final class TlsConfig {

    private final boolean enabled;
    private final @Nullable Path caFile;
    private final @Nullable Path certificateFile;
    private final @Nullable Path keyFile;
    private final @Nullable Supplier<char[]> password;
    private final @Nullable TlsProtocol protocol;
    private final List<String> ciphers;
    private final boolean checkHostname;
    private final @Nullable String serverName;
    private final @Nullable SSLContext sslContext;

    private TlsConfig(Builder b) {
        enabled = b.enabled;
        caFile = b.caFile;
        certificateFile = b.certificateFile;
        keyFile = b.keyFile;
        password = b.password;
        protocol = b.protocol;
        ciphers = b.ciphers;
        checkHostname = b.checkHostname;
        serverName = b.serverName;
        sslContext = b.sslContext;
    }

    /** Whether connections are encrypted; if not, nothing else here has an effect. */
    public boolean enabled() {
        return enabled;
    }

    /** The certificates that are trusted; null for those that the JDK trusts. */
    public @Nullable Path caFile() {
        return caFile;
    }

    /** The client's own certificate; null for none. */
    public @Nullable Path certificateFile() {
        return certificateFile;
    }

    /** The private key of the client's certificate; null if it is in the certificate's file. */
    public @Nullable Path keyFile() {
        return keyFile;
    }

    /** Gives the password of the private key; null for none. */
    public @Nullable Supplier<char[]> password() {
        return password;
    }

    /** The only protocol version that is spoken; null for TLS 1.3 and 1.2, or with an {@link #sslContext} for what that enables. */
    public @Nullable TlsProtocol protocol() {
        return protocol;
    }

    /** The cipher suites to offer, as they were given, the preferred ones first; empty for those the JDK offers. */
    public List<String> ciphers() {
        return ciphers;
    }

    /** Whether the member's certificate must name the host that was connected to. */
    public boolean checkHostname() {
        return checkHostname;
    }

    /** The name that members are expected to have, whatever address they are reached at; null for the host of the address. */
    public @Nullable String serverName() {
        return serverName;
    }

    /** Makes the connections, instead of the files; null for none. */
    public @Nullable SSLContext sslContext() {
        return sslContext;
    }

    /** The options, for a log. Nothing secret is shown. */
    @Override
    public String toString() {
        if (!enabled) {
            return "TlsConfig[enabled=false]";
        }
        return "TlsConfig[enabled=true, caFile=" + caFile + ", certificateFile=" + certificateFile + ", keyFile="
                + keyFile + ", password=" + (password == null ? "none" : "(hidden)") + ", protocol=" + protocol
                + ", ciphers=" + ciphers + ", checkHostname=" + checkHostname + ", serverName=" + serverName
                + ", sslContext=" + (sslContext == null ? "none" : "given") + "]";
    }

    /** Collects the options of TLS. A method called twice replaces what the first call gave. Not thread-safe. */
    public static final class Builder {

        private boolean enabled = true;
        private @Nullable Path caFile;
        private @Nullable Path certificateFile;
        private @Nullable Path keyFile;
        private @Nullable Supplier<char[]> password;
        private @Nullable TlsProtocol protocol;
        private List<String> ciphers = List.of();
        private boolean checkHostname;
        private @Nullable String serverName;
        private @Nullable SSLContext sslContext;

        Builder() {}

        Builder(Builder from) {
            enabled = from.enabled;
            caFile = from.caFile;
            certificateFile = from.certificateFile;
            keyFile = from.keyFile;
            password = from.password;
            protocol = from.protocol;
            ciphers = from.ciphers;
            checkHostname = from.checkHostname;
            serverName = from.serverName;
            sslContext = from.sslContext;
        }

        /** Encrypts all connections; with false, all other options of TLS are ignored. Default: true once {@code tls} is used. */
        public Builder enabled(boolean enable) {
            enabled = enable;
            return this;
        }

        /** Trusts members whose certificate was issued by one of those in this PEM file. Default: those that the JDK trusts. */
        public Builder caFile(Path file) {
            caFile = Objects.requireNonNull(file, "caFile");
            return this;
        }

        /** As {@link #caFile(Path)}. Default: those that the JDK trusts. */
        public Builder caFile(String file) {
            return caFile(Path.of(Objects.requireNonNull(file, "caFile")));
        }

        /**
         * Shows members the certificate in this PEM file, its own first, then those of its issuers. Default: none, which members
         * that require mutual authentication refuse.
         */
        public Builder certificateFile(Path file) {
            certificateFile = Objects.requireNonNull(file, "certificateFile");
            return this;
        }

        /** As {@link #certificateFile(Path)}. Default: none. */
        public Builder certificateFile(String file) {
            return certificateFile(Path.of(Objects.requireNonNull(file, "certificateFile")));
        }

        /**
         * Takes the private key of the client's certificate from this PEM file: PKCS #8, or the traditional forms of RSA and EC keys,
         * each encrypted or not. Default: the {@link #certificateFile}.
         */
        public Builder keyFile(Path file) {
            keyFile = Objects.requireNonNull(file, "keyFile");
            return this;
        }

        /** As {@link #keyFile(Path)}. Default: the {@link #certificateFile}. */
        public Builder keyFile(String file) {
            return keyFile(Path.of(Objects.requireNonNull(file, "keyFile")));
        }

        /**
         * Decrypts the private key, if it is encrypted. Default: none. The supplier is called when a client is made, and only if the
         * key is encrypted.
         */
        public Builder password(Supplier<char[]> supplier) {
            password = Objects.requireNonNull(supplier, "password");
            return this;
        }

        /** As {@link #password(Supplier)}. Default: none. */
        public Builder password(char[] characters) {
            char[] copy = Objects.requireNonNull(characters, "password").clone();
            return password(copy::clone);
        }

        /** As {@link #password(Supplier)}. Default: none. */
        public Builder password(String text) {
            return password(Objects.requireNonNull(text, "password").toCharArray());
        }

        /**
         * Speaks exactly this version of the protocol. Default: {@code TLSv1_3} if the member speaks it, else {@code TLSv1_2}; with an
         * {@link #sslContext} what that enables.
         */
        public Builder protocol(TlsProtocol version) {
            protocol = Objects.requireNonNull(version, "protocol");
            return this;
        }

        /**
         * Offers these cipher suites only, the preferred ones first, by their OpenSSL or IANA names, separately or with colons between
         * them. Default: those that the JDK offers. The suites of TLS 1.3 remain offered unless some of them are named.
         */
        public Builder ciphers(String... names) {
            return ciphers(Copies.listOf("tls.ciphers", names));
        }

        /** As {@link #ciphers(String...)}. Default: those that the JDK offers. */
        public Builder ciphers(Collection<String> names) {
            ciphers = Copies.of("tls.ciphers", names);
            return this;
        }

        /** Refuses members whose certificate does not name the host that is connected to. Default: false, of which the client warns. */
        public Builder checkHostname(boolean enable) {
            checkHostname = enable;
            return this;
        }

        /**
         * Expects this name in the certificates of all members instead of the host that is connected to, and asks for it. Default: the
         * host, which is asked for if it is a name. Only {@link #checkHostname} makes it count.
         */
        public Builder serverName(String name) {
            serverName = Objects.requireNonNull(name, "serverName");
            return this;
        }

        /**
         * Makes connections with this context instead of one made of the files. Default: none. It cannot be combined with files; what
         * is said about protocol, ciphers and host name applies to it too.
         */
        public Builder sslContext(SSLContext context) {
            sslContext = Objects.requireNonNull(context, "sslContext");
            return this;
        }

        TlsConfig build() {
            return new TlsConfig(this);
        }
    }
}
