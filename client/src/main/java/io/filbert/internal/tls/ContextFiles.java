// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.tls;

import io.filbert.config.TlsConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes an SSL context of the PEM files in a configuration. Stateless. */
final class ContextFiles {

    private ContextFiles() {}

    /**
     * A context that trusts and shows what the files say. What a broken file would have given is missing in it.
     *
     * @param problems gets what is wrong with files
     */
    static SSLContext read(TlsConfig config, List<String> problems) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(clientKeys(config, problems), trust(config.caFile(), problems), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JDK cannot make a TLS context", e);
        }
    }

    /** Null stands for those that the JDK trusts. */
    private static TrustManager @Nullable [] trust(@Nullable Path file, List<String> problems)
            throws GeneralSecurityException, IOException {
        if (file == null) {
            return null;
        }
        KeyStore store = emptyStore();
        try {
            int number = 0;
            for (X509Certificate certificate : certificates(blocks(file))) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
        } catch (UnusablePemException e) {
            problems.add(problem("tls.caFile", file, e, "give a PEM file with the certificates of CAs"));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] clientKeys(TlsConfig config, List<String> problems)
            throws GeneralSecurityException, IOException {
        Path certificateFile = config.certificateFile();
        if (certificateFile == null) {
            return null;
        }
        List<PemBlock> blocks = null;
        List<X509Certificate> chain = null;
        try {
            blocks = blocks(certificateFile);
            chain = certificates(blocks);
        } catch (UnusablePemException e) {
            problems.add(problem(
                    "tls.certificateFile", certificateFile, e, "give a PEM file with the certificate of the client"));
        }
        PrivateKey key = key(config, blocks, problems);
        if (chain == null || key == null) {
            return null;
        }
        if (!belongs(key, chain.get(0).getPublicKey())) {
            Path keyFile = config.keyFile();
            problems.add("tls.certificateFile is \"" + certificateFile + "\", but its first certificate, of "
                    + chain.get(0).getSubjectX500Principal() + ", is not the one of the private key in \""
                    + (keyFile == null ? certificateFile : keyFile)
                    + "\": give certificate and key of one client, its own certificate before those of its issuers");
            return null;
        }
        KeyStore store = emptyStore();
        store.setKeyEntry("client", key, new char[0], chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static @Nullable PrivateKey key(
            TlsConfig config, @Nullable List<PemBlock> certificateBlocks, List<String> problems) {
        Path file = config.keyFile();
        try {
            if (file != null) {
                return PrivateKeys.first(blocks(file), config.password());
            }
            // A certificate file that cannot be read has been reported already.
            return certificateBlocks == null ? null : PrivateKeys.first(certificateBlocks, config.password());
        } catch (UnusablePemException e) {
            problems.add(
                    file != null
                            ? problem("tls.keyFile", file, e, "give a PEM file with the private key of the client")
                            : problem(
                                    "tls.certificateFile",
                                    config.certificateFile(),
                                    e,
                                    "without tls.keyFile it must hold the private key too"));
        }
        return null;
    }

    private static List<PemBlock> blocks(Path file) throws UnusablePemException {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UnusablePemException("does not exist", e);
        } catch (IOException e) {
            throw new UnusablePemException("cannot be read: " + e, e);
        }
        List<PemBlock> blocks = PemBlock.parse(content);
        if (blocks.isEmpty()) {
            throw new UnusablePemException("is not in PEM form: it has no line that begins with -----BEGIN");
        }
        return blocks;
    }

    private static List<X509Certificate> certificates(List<PemBlock> blocks) throws UnusablePemException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : blocks) {
            if (block.isCertificate()) {
                try {
                    certificates.add((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.content())));
                } catch (CertificateException e) {
                    throw new UnusablePemException(
                            "holds a certificate that cannot be read, number " + (certificates.size() + 1) + ": "
                                    + e.getMessage(),
                            e);
                }
            }
        }
        if (certificates.isEmpty()) {
            throw new UnusablePemException("holds no certificate");
        }
        return certificates;
    }

    /** Whether what the one signs the other verifies. True for kinds of keys that this JDK cannot sign with by itself. */
    private static boolean belongs(PrivateKey key, PublicKey certified) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default -> "";
        };
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
            return algorithm.isEmpty();
        }
        if (algorithm.isEmpty()) {
            return true;
        }
        try {
            Signature signature = Signature.getInstance(algorithm);
            byte[] text = {'f', 'i', 'l', 'b', 'e', 'r', 't'};
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // Keys of different curves or kinds end here.
            return false;
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static String problem(String option, @Nullable Path file, UnusablePemException why, String remedy) {
        return option + " is \"" + file + "\", but this file " + why.getMessage() + ": " + remedy;
    }
}
