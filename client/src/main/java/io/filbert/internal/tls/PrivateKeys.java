// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Private keys from their PEM forms: PKCS #8, plain or encrypted, and the traditional forms of RSA (PKCS #1) and EC (SEC 1) keys,
 * plain or encrypted. Everything is brought into PKCS #8, which the JDK reads. Stateless.
 */
final class PrivateKeys {

    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final byte[] RSA_ID = {0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01};
    private static final byte[] EC_ID = {0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01};
    private static final byte[] ZERO = Der.encode(Der.INTEGER, new byte[] {0});

    /** The names of the JDK's key factories by the object identifiers of PKCS #8. */
    private static final Map<String, String> ALGORITHMS = Map.of(
            RSA,
            "RSA",
            "1.2.840.113549.1.1.10",
            "RSASSA-PSS",
            "1.2.840.10045.2.1",
            "EC",
            "1.2.840.10040.4.1",
            "DSA",
            "1.3.101.112",
            "Ed25519",
            "1.3.101.113",
            "Ed448");

    private PrivateKeys() {}

    /**
     * The first private key among the blocks of a file.
     *
     * @param password asked only if the key is encrypted
     */
    static PrivateKey first(List<PemBlock> blocks, @Nullable Supplier<char[]> password) throws UnusablePemException {
        for (PemBlock block : blocks) {
            if (block.isPrivateKey()) {
                return read(block, blocks, password);
            }
        }
        throw new UnusablePemException("holds no private key");
    }

    private static PrivateKey read(PemBlock block, List<PemBlock> all, @Nullable Supplier<char[]> password)
            throws UnusablePemException {
        if (block.label().equals("ENCRYPTED PRIVATE KEY")) {
            return parse(KeyDecryption.pkcs8(block.content(), password));
        }
        boolean encrypted = block.headers().getOrDefault("Proc-Type", "").endsWith("ENCRYPTED");
        byte[] content = encrypted ? KeyDecryption.traditional(block, password) : block.content();
        return parse(
                switch (block.label()) {
                    case "PRIVATE KEY" -> content;
                    case "RSA PRIVATE KEY" -> fromPkcs1(content);
                    case "EC PRIVATE KEY" -> fromSec1(content, all);
                    default ->
                        throw new UnusablePemException("holds a key of a kind that is not supported, a " + block.label()
                                + ": convert it with 'openssl pkcs8 -topk8'");
                });
    }

    private static PrivateKey parse(byte[] pkcs8) throws UnusablePemException {
        Der key = Der.of(pkcs8).enter(Der.SEQUENCE);
        key.integer();
        String id = key.enter(Der.SEQUENCE).objectId();
        String algorithm = ALGORITHMS.get(id);
        try {
            return KeyFactory.getInstance(algorithm == null ? id : algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (NoSuchAlgorithmException e) {
            throw new UnusablePemException("holds a key of an algorithm that this JDK does not know (" + id + ")", e);
        } catch (GeneralSecurityException e) {
            throw new UnusablePemException("holds a private key that cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] fromPkcs1(byte[] key) throws UnusablePemException {
        Der.of(key).enter(Der.SEQUENCE).integer();
        return pkcs8(RSA_ID, Der.encode(Der.NULL), key);
    }

    /** The curve is told in the key, or in a block of its own before the key. */
    private static byte[] fromSec1(byte[] key, List<PemBlock> all) throws UnusablePemException {
        Der fields = Der.of(key).enter(Der.SEQUENCE);
        fields.integer();
        fields.content(Der.OCTET_STRING);
        byte @Nullable [] curve = null;
        if (fields.nextIs(Der.CONTEXT_0)) {
            curve = fields.enter(Der.CONTEXT_0).element();
        } else {
            for (PemBlock block : all) {
                if (block.label().equals("EC PARAMETERS")) {
                    curve = block.content();
                }
            }
        }
        if (curve == null) {
            throw new UnusablePemException("holds an EC key that does not say its curve");
        }
        return pkcs8(EC_ID, curve, key);
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] parameters, byte[] key) {
        return Der.encode(
                Der.SEQUENCE,
                ZERO,
                Der.encode(Der.SEQUENCE, Der.encode(Der.OBJECT_ID, algorithm), parameters),
                Der.encode(Der.OCTET_STRING, key));
    }
}
