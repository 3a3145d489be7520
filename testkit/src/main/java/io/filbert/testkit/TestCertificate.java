// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed certificate with its private key, made for one test by the JDK's {@code keytool}. For a TLS proxy in front
 * of a member ({@link FaultProxy#tlsTo}) and for clients that must show a certificate. Immutable.
 */
public final class TestCertificate {

    private static final String ALIAS = "test";
    private static final String PASSWORD = "changeit";

    private final KeyStore keyStore;
    private final X509Certificate certificate;
    private final PrivateKey privateKey;

    private TestCertificate(KeyStore keyStore) throws GeneralSecurityException {
        this.keyStore = keyStore;
        certificate = (X509Certificate) keyStore.getCertificate(ALIAS);
        privateKey = (PrivateKey) keyStore.getKey(ALIAS, PASSWORD.toCharArray());
    }

    /** A certificate valid now, for 127.0.0.1 and localhost. */
    public static TestCertificate forLoopback() {
        return create("filbert-test", Duration.ofDays(-1), Duration.ofDays(2), "ip:127.0.0.1", "dns:localhost");
    }

    /**
     * A certificate with chosen names and times.
     *
     * @param commonName the subject's CN
     * @param begin when it becomes valid, counted from now, in whole days; may be negative
     * @param validity how long it is valid, in whole days
     * @param alternativeNames names it is valid for, for instance {@code ip:127.0.0.1} or {@code dns:localhost}
     */
    public static TestCertificate create(
            String commonName, Duration begin, Duration validity, String... alternativeNames) {
        try {
            Path directory = Files.createTempDirectory("filbert-certificate-");
            Path file = directory.resolve("key.p12");
            try {
                keytool(commonName, begin, validity, List.of(alternativeNames), file);
                KeyStore keyStore = KeyStore.getInstance("PKCS12");
                try (InputStream in = Files.newInputStream(file)) {
                    keyStore.load(in, PASSWORD.toCharArray());
                }
                return new TestCertificate(keyStore);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No certificate could be made", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("keytool made a key store that cannot be read", e);
        }
    }

    private static void keytool(
            String commonName, Duration begin, Duration validity, List<String> alternativeNames, Path file)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + commonName,
                "-startdate",
                "%+dd".formatted(begin.toDays()),
                "-validity",
                Long.toString(validity.toDays()),
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
        if (!alternativeNames.isEmpty()) {
            command.add("-ext");
            command.add("san=" + String.join(",", alternativeNames));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while keytool ran", e);
        }
    }

    /** The certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Its private key. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    /** The certificate in PEM form. */
    public String certificatePem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate without encoding", e);
        }
    }

    /** The private key in PEM form (PKCS #8, not encrypted). */
    public String privateKeyPem() {
        return pem("PRIVATE KEY", privateKey.getEncoded());
    }

    private static String pem(String type, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    /** A context that shows this certificate and trusts the given ones, and no other. */
    public SSLContext context(Collection<TestCertificate> trusted) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusting(trusted).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("No TLS context could be made", e);
        }
    }

    /** A context that shows no certificate and trusts the given ones, and no other: an ordinary client's. */
    public static SSLContext contextTrusting(TestCertificate... trusted) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusting(List.of(trusted)).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("No TLS context could be made", e);
        }
    }

    private static TrustManagerFactory trusting(Collection<TestCertificate> trusted)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (TestCertificate certificate : trusted) {
            store.setCertificateEntry("trusted-" + number++, certificate.certificate());
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    @Override
    public String toString() {
        return "TestCertificate{" + certificate.getSubjectX500Principal() + "}";
    }
}
