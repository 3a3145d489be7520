// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts private keys with a password. PBES2, which is what OpenSSL writes today, is taken apart here, because what the JDK makes
 * of it differs between releases; the older schemes of PKCS #8 are left to the JDK; the encryption of traditional PEM files, which
 * the JDK does not know, derives its key with MD5. Stateless; passwords and keys are wiped after use.
 */
final class KeyDecryption {

    private static final String PBES2 = "1.2.840.113549.1.5.13";
    private static final String PBKDF2 = "1.2.840.113549.1.5.12";
    private static final String SCRYPT = "1.3.6.1.4.1.11591.4.11";
    private static final int MOST_ITERATIONS = 10_000_000;

    /** The functions that PBKDF2 repeats; the first is the one that is meant when none is told. */
    private static final Map<String, String> HASHES = Map.of(
            "1.2.840.113549.2.7", "PBKDF2WithHmacSHA1",
            "1.2.840.113549.2.8", "PBKDF2WithHmacSHA224",
            "1.2.840.113549.2.9", "PBKDF2WithHmacSHA256",
            "1.2.840.113549.2.10", "PBKDF2WithHmacSHA384",
            "1.2.840.113549.2.11", "PBKDF2WithHmacSHA512");

    private static final Map<String, Algorithm> CIPHERS = Map.of(
            "2.16.840.1.101.3.4.1.2", Algorithm.AES_128,
            "2.16.840.1.101.3.4.1.22", Algorithm.AES_192,
            "2.16.840.1.101.3.4.1.42", Algorithm.AES_256,
            "1.2.840.113549.3.7", Algorithm.TRIPLE_DES,
            "1.3.14.3.2.7", Algorithm.DES);

    private enum Algorithm {
        AES_128("AES", 16),
        AES_192("AES", 24),
        AES_256("AES", 32),
        TRIPLE_DES("DESede", 24),
        DES("DES", 8);

        private final String keyName;
        private final int keyBytes;

        Algorithm(String keyName, int keyBytes) {
            this.keyName = keyName;
            this.keyBytes = keyBytes;
        }

        byte[] decrypt(byte[] key, byte[] iv, byte[] encrypted) throws GeneralSecurityException {
            return decryptWith(
                    keyName + "/CBC/PKCS5Padding", new SecretKeySpec(key, keyName), new IvParameterSpec(iv), encrypted);
        }
    }

    private KeyDecryption() {}

    /** The key in an encrypted PKCS #8 block, as plain PKCS #8. */
    static byte[] pkcs8(byte[] block, @Nullable Supplier<char[]> supplier) throws UnusablePemException {
        Der fields = Der.of(block).enter(Der.SEQUENCE);
        Der scheme = fields.enter(Der.SEQUENCE);
        boolean pbes2 = scheme.objectId().equals(PBES2);
        byte[] encrypted = fields.content(Der.OCTET_STRING);
        char[] password = password(supplier);
        try {
            return checked(pbes2 ? pbes2(scheme.enter(Der.SEQUENCE), password, encrypted) : older(block, password));
        } catch (GeneralSecurityException e) {
            throw wrongPassword(e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static byte[] pbes2(Der parameters, char[] password, byte[] encrypted)
            throws UnusablePemException, GeneralSecurityException {
        Der derivation = parameters.enter(Der.SEQUENCE);
        String function = derivation.objectId();
        if (!function.equals(PBKDF2)) {
            throw unsupported(function.equals(SCRYPT) ? "scrypt" : function);
        }
        Der kdf = derivation.enter(Der.SEQUENCE);
        byte[] salt = kdf.content(Der.OCTET_STRING);
        int iterations = kdf.integer();
        if (kdf.nextIs(Der.INTEGER)) {
            kdf.integer(); // the length of the key, which the cipher tells too
        }
        String hashId = kdf.hasNext() ? kdf.enter(Der.SEQUENCE).objectId() : "1.2.840.113549.2.7";
        String hash = HASHES.get(hashId);
        Der cipher = parameters.enter(Der.SEQUENCE);
        String cipherId = cipher.objectId();
        Algorithm algorithm = CIPHERS.get(cipherId);
        if (hash == null || algorithm == null) {
            throw unsupported(hash == null ? hashId : cipherId);
        }
        if (iterations < 1 || iterations > MOST_ITERATIONS || salt.length == 0) {
            throw new UnusablePemException("is encrypted with " + iterations + " iterations, which is not believable");
        }
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, algorithm.keyBytes * 8);
        byte[] key = SecretKeyFactory.getInstance(hash).generateSecret(spec).getEncoded();
        spec.clearPassword();
        try {
            return algorithm.decrypt(key, cipher.content(Der.OCTET_STRING), encrypted);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** PBES1 and the schemes of PKCS #12. */
    private static byte[] older(byte[] block, char[] password) throws UnusablePemException, GeneralSecurityException {
        EncryptedPrivateKeyInfo info;
        SecretKeyFactory factory;
        try {
            info = new EncryptedPrivateKeyInfo(block);
            factory = SecretKeyFactory.getInstance(info.getAlgName());
        } catch (IOException | GeneralSecurityException e) {
            throw new UnusablePemException("is encrypted in a way that this JDK does not know: " + e.getMessage(), e);
        }
        SecretKey key = factory.generateSecret(new PBEKeySpec(password));
        Cipher cipher = Cipher.getInstance(info.getAlgName());
        cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
        return cipher.doFinal(info.getEncryptedData());
    }

    /** The key in a block of the traditional form, whose header names the cipher: {@code DEK-Info: AES-256-CBC,…}. */
    static byte[] traditional(PemBlock block, @Nullable Supplier<char[]> supplier) throws UnusablePemException {
        String header = block.headers().getOrDefault("DEK-Info", "");
        int comma = header.indexOf(',');
        String name = (comma < 0 ? header : header.substring(0, comma)).strip().toUpperCase(Locale.ROOT);
        Algorithm algorithm = switch (name) {
            case "AES-128-CBC" -> Algorithm.AES_128;
            case "AES-192-CBC" -> Algorithm.AES_192;
            case "AES-256-CBC" -> Algorithm.AES_256;
            case "DES-EDE3-CBC" -> Algorithm.TRIPLE_DES;
            case "DES-CBC" -> Algorithm.DES;
            default -> throw unsupported(name.isEmpty() ? "nothing that its header names" : name);
        };
        byte[] iv;
        try {
            iv = HexFormat.of().parseHex(header.substring(comma + 1).strip());
        } catch (IllegalArgumentException e) {
            throw new UnusablePemException("is damaged: the DEK-Info line of its key is '" + header + "'");
        }
        if (iv.length < 8) {
            throw new UnusablePemException("is damaged: the DEK-Info line of its key is '" + header + "'");
        }
        char[] password = password(supplier);
        try {
            byte[] key = keyFromMd5(password, Arrays.copyOf(iv, 8), algorithm.keyBytes);
            return checked(algorithm.decrypt(key, iv, block.content()));
        } catch (GeneralSecurityException e) {
            throw wrongPassword(e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static byte[] keyFromMd5(char[] password, byte[] salt, int length) throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] secret = new byte[encoded.remaining()];
        encoded.get(secret);
        encoded.clear().put(new byte[encoded.capacity()]);
        byte[] key = new byte[length];
        byte[] block = new byte[0];
        for (int filled = 0; filled < length; filled += block.length) {
            md5.update(block);
            md5.update(secret);
            block = md5.digest(salt);
            System.arraycopy(block, 0, key, filled, Math.min(block.length, length - filled));
        }
        Arrays.fill(secret, (byte) 0);
        return key;
    }

    private static byte[] decryptWith(
            String transformation, SecretKey key, AlgorithmParameterSpec parameters, byte[] encrypted)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(transformation);
        cipher.init(Cipher.DECRYPT_MODE, key, parameters);
        return cipher.doFinal(encrypted);
    }

    /** One wrong password in 256 leaves something that is well padded; then at least it is not a key. */
    private static byte[] checked(byte[] decrypted) throws UnusablePemException {
        try {
            Der all = Der.of(decrypted);
            all.enter(Der.SEQUENCE).integer();
            if (!all.hasNext()) {
                return decrypted;
            }
        } catch (UnusablePemException e) {
            throw wrongPassword(e);
        }
        throw wrongPassword(null);
    }

    private static char[] password(@Nullable Supplier<char[]> supplier) throws UnusablePemException {
        if (supplier == null) {
            throw new UnusablePemException("holds an encrypted private key: give its password (option tls.password)");
        }
        char[] given;
        try {
            given = supplier.get();
        } catch (RuntimeException e) {
            throw new UnusablePemException(
                    "holds an encrypted private key, but asking for its password failed: " + e, e);
        }
        if (given == null) {
            throw new UnusablePemException(
                    "holds an encrypted private key, but the supplier of its password gave null (option tls.password)");
        }
        return given.clone();
    }

    private static UnusablePemException wrongPassword(@Nullable Throwable cause) {
        return new UnusablePemException(
                "holds a private key that the password (option tls.password) does not open", cause);
    }

    private static UnusablePemException unsupported(String what) {
        return new UnusablePemException("holds a key that is encrypted with " + what
                + ", which is not supported: convert it with 'openssl pkcs8 -topk8 -v2 aes-256-cbc'");
    }
}
