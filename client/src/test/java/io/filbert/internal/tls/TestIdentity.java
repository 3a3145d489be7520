// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * A key pair and the certificates that go with it, made at test time without any tool: the JDK can sign but not write certificates, so
 * this puts them together byte by byte. The first certificate is its own.
 */
public record TestIdentity(KeyPair keys, List<X509Certificate> chain) {

    private static final byte[] CRITICAL = {1, 1, (byte) 0xFF};

    /** Self-signed, for 127.0.0.1 and localhost, valid now. */
    public static TestIdentity forLoopback() {
        return selfSigned(ec(), "CN=loopback", Duration.ofDays(-1), Duration.ofDays(1), "127.0.0.1", "localhost");
    }

    /** Self-signed with chosen names and times, counted from now. */
    public static TestIdentity selfSigned(KeyPair keys, String name, Duration from, Duration to, String... hosts) {
        return new TestIdentity(
                keys, List.of(certificate(keys, name, name, keys.getPrivate(), from, to, false, hosts)));
    }

    /** Of a CA. */
    public static TestIdentity authority(String name) {
        KeyPair keys = ec();
        return new TestIdentity(
                keys,
                List.of(certificate(
                        keys, name, name, keys.getPrivate(), Duration.ofDays(-1), Duration.ofDays(1), true)));
    }

    /** Issued by this one, for 127.0.0.1 and localhost. */
    public TestIdentity issue(KeyPair subject, String name) {
        return issue(subject, name, Duration.ofDays(-1), Duration.ofDays(1));
    }

    /** The same with chosen times, counted from now. */
    public TestIdentity issue(KeyPair subject, String name, Duration from, Duration to) {
        X509Certificate own = certificate(
                subject,
                name,
                chain.get(0).getSubjectX500Principal().getName(),
                keys.getPrivate(),
                from,
                to,
                false,
                "127.0.0.1",
                "localhost");
        List<X509Certificate> all = new ArrayList<>(List.of(own));
        all.addAll(chain);
        return new TestIdentity(subject, all);
    }

    public static KeyPair ec() {
        return keys("EC", "secp256r1");
    }

    public static KeyPair rsa() {
        return keys("RSA", null);
    }

    public static KeyPair keys(String algorithm, @Nullable String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (curve != null) {
                generator.initialize(new ECGenParameterSpec(curve));
            } else if (algorithm.equals("RSA")) {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(
            KeyPair subject,
            String name,
            String issuer,
            PrivateKey issuerKey,
            Duration from,
            Duration to,
            boolean authority,
            String... hosts) {
        try {
            boolean rsa = issuerKey.getAlgorithm().equals("RSA");
            boolean ec = issuerKey.getAlgorithm().equals("EC");
            byte[] algorithm = rsa
                    ? sequence(id("2A864886F70D01010B"), Der.encode(Der.NULL))
                    : sequence(id(ec ? "2A8648CE3D040302" : "2B6570"));
            byte[] content = sequence(
                    Der.encode(0xA0, integer(2)),
                    integer(System.nanoTime()),
                    algorithm,
                    name(issuer),
                    sequence(time(from), time(to)),
                    name(name),
                    subject.getPublic().getEncoded(),
                    Der.encode(0xA3, sequence(extensions(authority, hosts))));
            Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : ec ? "SHA256withECDSA" : "EdDSA");
            signature.initSign(issuerKey);
            signature.update(content);
            byte[] whole = sequence(content, algorithm, Der.encode(0x03, new byte[1], signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[][] extensions(boolean authority, String... hosts) throws Exception {
        List<byte[]> extensions = new ArrayList<>();
        if (authority) {
            extensions.add(sequence(id("551D13"), CRITICAL, Der.encode(Der.OCTET_STRING, sequence(CRITICAL))));
        }
        List<byte[]> names = new ArrayList<>();
        for (String host : hosts) {
            boolean literal = host.matches("[0-9.]+");
            names.add(
                    literal
                            ? Der.encode(0x87, InetAddress.getByName(host).getAddress())
                            : Der.encode(0x82, host.getBytes(StandardCharsets.US_ASCII)));
        }
        if (!names.isEmpty()) {
            extensions.add(
                    sequence(id("551D11"), Der.encode(Der.OCTET_STRING, sequence(names.toArray(new byte[0][])))));
        }
        if (extensions.isEmpty()) {
            // A list of extensions has at least one: an empty set of uses that forbids nothing anybody checks here.
            extensions.add(
                    sequence(id("551D0E"), Der.encode(Der.OCTET_STRING, Der.encode(Der.OCTET_STRING, CRITICAL))));
        }
        return extensions.toArray(new byte[0][]);
    }

    private static byte[] sequence(byte[]... parts) {
        return Der.encode(Der.SEQUENCE, parts);
    }

    private static byte[] id(String hex) {
        return Der.encode(Der.OBJECT_ID, HexFormat.of().parseHex(hex));
    }

    private static byte[] integer(long value) {
        return Der.encode(Der.INTEGER, BigInteger.valueOf(value).toByteArray());
    }

    private static byte[] time(Duration fromNow) {
        String text = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now().plus(fromNow));
        return Der.encode(0x17, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] name(String name) {
        return new X500Principal(name).getEncoded();
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** All certificates, its own first. */
    public String chainPem() {
        return chain.stream().map(TestIdentity::pem).collect(Collectors.joining());
    }

    /** The key in PKCS #8, not encrypted. */
    public String keyPem() {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** PEM text; lines after the label are headers. */
    static String pem(String label, byte[] content, String... headers) {
        String head = headers.length == 0 ? "" : String.join("\n", headers) + "\n\n";
        return "-----BEGIN " + label + "-----\n" + head
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }

    /** A context that shows this identity and trusts these certificates only. */
    public SSLContext context(X509Certificate... trusted) {
        return context(this, trusted);
    }

    /** A context that shows nothing and trusts these certificates only. */
    public static SSLContext trusting(X509Certificate... trusted) {
        return context(null, trusted);
    }

    private static SSLContext context(@Nullable TestIdentity shown, X509Certificate... trusted) {
        try {
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            for (X509Certificate certificate : trusted) {
                trust.setCertificateEntry(
                        Integer.toString(Arrays.asList(trusted).indexOf(certificate)), certificate);
            }
            TrustManagerFactory trustFactory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trustFactory.init(trust);
            KeyManagerFactory keyFactory = null;
            if (shown != null) {
                KeyStore own = KeyStore.getInstance("PKCS12");
                own.load(null, null);
                own.setKeyEntry("own", shown.keys.getPrivate(), new char[0], shown.chain.toArray(Certificate[]::new));
                keyFactory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keyFactory.init(own, new char[0]);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keyFactory == null ? null : keyFactory.getKeyManagers(), trustFactory.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
