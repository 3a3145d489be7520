// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {

    private static final KeyPair RSA = TestIdentity.rsa();
    private static final KeyPair EC = TestIdentity.keys("EC", "secp384r1");
    private static final String SECRET = "pass word ß";

    /** For encryption by the JDK, which takes no other passwords. */
    private static final String ASCII_SECRET = "pass word";

    private static final byte[] SALT = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final byte[] IV16 = {9, 8, 7, 6, 5, 4, 3, 2, 1, 2, 3, 4, 5, 6, 7, 8};
    private static final byte[] IV8 = Arrays.copyOf(IV16, 8);

    private static PrivateKey read(String pem, @Nullable Supplier<char[]> password) throws UnusablePemException {
        return PrivateKeys.first(PemBlock.parse(pem.getBytes(StandardCharsets.US_ASCII)), password);
    }

    private static PrivateKey read(String pem) throws UnusablePemException {
        return read(pem, () -> {
            throw new AssertionError("the password of a key that is not encrypted was asked for");
        });
    }

    private static char[] secret() {
        return SECRET.toCharArray();
    }

    /** Keys compare their encodings, of which the curve is an optional part. */
    private static void assertSameEcKey(PrivateKey key) {
        assertThat(key).isInstanceOfSatisfying(ECPrivateKey.class, read -> {
            assertThat(read.getS()).isEqualTo(((ECPrivateKey) EC.getPrivate()).getS());
            assertThat(read.getParams().getCurve())
                    .isEqualTo(((ECPrivateKey) EC.getPrivate()).getParams().getCurve());
        });
    }

    // ---- plain forms

    @ParameterizedTest
    @CsvSource({"RSA,", "EC, secp256r1", "EC, secp521r1", "Ed25519,", "Ed448,", "DSA,"})
    void first_pkcs8_isTheKey(String algorithm, @Nullable String curve) throws UnusablePemException {
        PrivateKey key = TestIdentity.keys(algorithm, curve).getPrivate();

        assertThat(read(TestIdentity.pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
    }

    @Test
    void first_pkcs1_isTheKey() throws UnusablePemException {
        assertThat(read(TestIdentity.pem("RSA PRIVATE KEY", inner(RSA)))).isEqualTo(RSA.getPrivate());
    }

    @Test
    void first_sec1WithItsCurve_isTheKey() throws UnusablePemException {
        assertSameEcKey(read(TestIdentity.pem("EC PRIVATE KEY", sec1WithCurve(EC))));
    }

    @Test
    void first_sec1WithTheCurveBesideIt_isTheKey() throws UnusablePemException {
        String pem = TestIdentity.pem("EC PARAMETERS", curve(EC)) + TestIdentity.pem("EC PRIVATE KEY", inner(EC));

        assertThat(read(pem)).isEqualTo(EC.getPrivate());
    }

    @Test
    void first_sec1WithoutCurve_isRefused() {
        assertThatThrownBy(() -> read(TestIdentity.pem("EC PRIVATE KEY", inner(EC))))
                .hasMessageContaining("does not say its curve");
    }

    @Test
    void first_amongCertificatesAndOtherText_isTheKey() throws UnusablePemException {
        TestIdentity identity = TestIdentity.forLoopback();
        String pem = "Bag Attributes\r\n    friendlyName: x\r\n" + identity.chainPem()
                + identity.keyPem().replace("\n", "\r\n") + "the end";

        assertThat(read(pem)).isEqualTo(identity.keys().getPrivate());
    }

    // ---- encrypted forms

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PBEWithHmacSHA1AndAES_128",
                "PBEWithHmacSHA256AndAES_256",
                "PBEWithHmacSHA512AndAES_128",
                "PBEWithSHA1AndDESede",
                "PBEWithMD5AndDES"
            })
    void first_pkcs8EncryptedByTheJdk_isTheKey(String scheme) throws Exception {
        String pem = TestIdentity.pem("ENCRYPTED PRIVATE KEY", encryptedByJdk(scheme, RSA));

        assertThat(read(pem, ASCII_SECRET::toCharArray)).isEqualTo(RSA.getPrivate());
        assertThatThrownBy(() -> read(pem, "wrong"::toCharArray)).hasMessageContaining("does not open");
    }

    /** What the JDK cannot write: other ciphers, the length of the key told, the function left out. */
    @ParameterizedTest
    @CsvSource({
        "AES, 16, 60864801650304012A, false",
        "AES, 24, 608648016503040116, true",
        "AES, 32, 60864801650304012A, true",
        "DESede, 24, 2A864886F70D0307, true",
        "DES, 8, 2B0E030207, false"
    })
    void first_pkcs8WithPbes2_isTheKey(String cipher, int keyBytes, String cipherId, boolean sha256) throws Exception {
        String id = cipher.equals("AES") && keyBytes == 16 ? "608648016503040102" : cipherId;
        byte[] iv = cipher.equals("AES") ? IV16 : IV8;
        byte[] key = SecretKeyFactory.getInstance(sha256 ? "PBKDF2WithHmacSHA256" : "PBKDF2WithHmacSHA1")
                .generateSecret(new PBEKeySpec(secret(), SALT, 1000, keyBytes * 8))
                .getEncoded();
        byte[] function = sha256 ? sequence(id("2A864886F70D0209"), Der.encode(Der.NULL)) : new byte[0];
        byte[] length = sha256 ? Der.encode(Der.INTEGER, new byte[] {(byte) keyBytes}) : new byte[0];
        byte[] whole = sequence(
                sequence(
                        id("2A864886F70D01050D"),
                        sequence(
                                sequence(
                                        id("2A864886F70D01050C"),
                                        sequence(
                                                Der.encode(Der.OCTET_STRING, SALT),
                                                Der.encode(Der.INTEGER, new byte[] {3, (byte) 0xE8}),
                                                length,
                                                function)),
                                sequence(id(id), Der.encode(Der.OCTET_STRING, iv)))),
                Der.encode(
                        Der.OCTET_STRING,
                        encrypt(cipher, key, iv, EC.getPrivate().getEncoded())));

        assertThat(read(TestIdentity.pem("ENCRYPTED PRIVATE KEY", whole), PrivateKeysTest::secret))
                .isEqualTo(EC.getPrivate());
    }

    @ParameterizedTest
    @CsvSource({
        "AES-128-CBC, AES, 16",
        "AES-192-CBC, AES, 24",
        "AES-256-CBC, AES, 32",
        "DES-EDE3-CBC, DESede, 24",
        "DES-CBC, DES, 8"
    })
    void first_traditionalEncrypted_isTheKey(String name, String cipher, int keyBytes) throws Exception {
        byte[] iv = cipher.equals("AES") ? IV16 : IV8;
        byte[] key = bytesToKey(SECRET.getBytes(StandardCharsets.UTF_8), Arrays.copyOf(iv, 8), keyBytes);
        String[] headers = {
            "Proc-Type: 4,ENCRYPTED",
            "DEK-Info: " + name + "," + HexFormat.of().withUpperCase().formatHex(iv)
        };
        String rsa = TestIdentity.pem("RSA PRIVATE KEY", encrypt(cipher, key, iv, inner(RSA)), headers);
        String ec = TestIdentity.pem("EC PRIVATE KEY", encrypt(cipher, key, iv, sec1WithCurve(EC)), headers);

        assertThat(read(rsa, PrivateKeysTest::secret)).isEqualTo(RSA.getPrivate());
        assertSameEcKey(read(ec, PrivateKeysTest::secret));
    }

    @Test
    void first_wrongPasswords_areAlwaysToldAsSuch() throws Exception {
        byte[] key = bytesToKey(SECRET.getBytes(StandardCharsets.UTF_8), IV8, 16);
        String pem = TestIdentity.pem(
                "RSA PRIVATE KEY",
                encrypt("AES", key, IV16, inner(RSA)),
                "Proc-Type: 4,ENCRYPTED",
                "DEK-Info: AES-128-CBC," + HexFormat.of().formatHex(IV16));

        // One in 256 leaves something well padded, which is not a key either.
        for (int i = 0; i < 2_000; i++) {
            String wrong = "wrong" + i;
            assertThatThrownBy(() -> read(pem, wrong::toCharArray))
                    .as(wrong)
                    .isInstanceOf(UnusablePemException.class)
                    .hasMessageContaining("the password (option tls.password) does not open")
                    .hasMessageNotContaining(wrong);
        }
    }

    @Test
    void first_encrypted_asksForThePasswordOnceAndLeavesItAlone() throws Exception {
        String pem = TestIdentity.pem("ENCRYPTED PRIVATE KEY", encryptedByJdk("PBEWithHmacSHA256AndAES_256", RSA));
        char[] given = ASCII_SECRET.toCharArray();
        AtomicInteger asked = new AtomicInteger();

        read(pem, () -> {
            asked.incrementAndGet();
            return given;
        });

        assertThat(asked).hasValue(1);
        assertThat(given).isEqualTo(ASCII_SECRET.toCharArray());
    }

    @Test
    @SuppressWarnings("NullAway") // a null on purpose
    void first_encryptedWithoutPassword_isToldSo() throws Exception {
        String pem = TestIdentity.pem("ENCRYPTED PRIVATE KEY", encryptedByJdk("PBEWithHmacSHA256AndAES_256", RSA));

        assertThatThrownBy(() -> read(pem, null)).hasMessageContaining("give its password (option tls.password)");
        assertThatThrownBy(() -> read(pem, () -> null)).hasMessageContaining("gave null");
        assertThatThrownBy(() -> read(pem, () -> {
                    throw new IllegalStateException("vault is sealed");
                }))
                .hasMessageContaining("vault is sealed");
    }

    // ---- damage

    @Test
    void first_noKey_isToldSo() {
        assertThatThrownBy(() -> read(TestIdentity.forLoopback().chainPem()))
                .hasMessageContaining("holds no private key");
    }

    @Test
    void first_damagedFiles_areToldSo() {
        String pem = TestIdentity.pem("PRIVATE KEY", EC.getPrivate().getEncoded());

        assertThatThrownBy(() -> read(pem.substring(0, pem.length() / 2)))
                .hasMessageContaining("is cut off: a PRIVATE KEY begins in line 1");
        assertThatThrownBy(() -> read(pem.replaceFirst("M", "?"))).hasMessageContaining("not base64");
        assertThatThrownBy(() -> read(TestIdentity.pem("PRIVATE KEY", new byte[] {0x30, 0x05, 1})))
                .hasMessageContaining("is damaged");
        assertThatThrownBy(() -> read(TestIdentity.pem("RSA PRIVATE KEY", new byte[0])))
                .hasMessageContaining("is damaged");
        assertThatThrownBy(() ->
                        read(TestIdentity.pem("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3}), PrivateKeysTest::secret))
                .hasMessageContaining("is damaged");
    }

    @Test
    void first_randomDamage_neverEndsInAnythingElse() throws Exception {
        byte[][] keys = {
            EC.getPrivate().getEncoded(), encryptedByJdk("PBEWithHmacSHA256AndAES_256", EC), sec1WithCurve(EC)
        };
        String[] labels = {"PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY"};
        for (int kind = 0; kind < keys.length; kind++) {
            for (int i = 0; i < keys[kind].length; i++) {
                for (int change : new int[] {1, 0x80, 0xFF}) {
                    byte[] damaged = keys[kind].clone();
                    damaged[i] ^= (byte) change;
                    boolean costly = kind == 1 && i < 80 && i > 40; // iteration counts up to millions
                    if (!costly) {
                        try {
                            read(TestIdentity.pem(labels[kind], damaged), ASCII_SECRET::toCharArray);
                        } catch (UnusablePemException e) {
                            assertThat(e).hasMessageNotContaining(ASCII_SECRET);
                        }
                    }
                }
            }
        }
    }

    @Test
    void first_unknownKinds_areToldWithARemedy() {
        assertThatThrownBy(() -> read(TestIdentity.pem("DSA PRIVATE KEY", new byte[10])))
                .hasMessageContaining("a DSA PRIVATE KEY")
                .hasMessageContaining("openssl pkcs8");
        assertThatThrownBy(() -> read(
                        TestIdentity.pem(
                                "RSA PRIVATE KEY",
                                new byte[16],
                                "Proc-Type: 4,ENCRYPTED",
                                "DEK-Info: IDEA-CBC,0011223344556677"),
                        PrivateKeysTest::secret))
                .hasMessageContaining("IDEA-CBC");
        assertThatThrownBy(() -> read(
                        TestIdentity.pem(
                                "RSA PRIVATE KEY", new byte[16], "Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-128-CBC,xyz"),
                        PrivateKeysTest::secret))
                .hasMessageContaining("DEK-Info");
    }

    // ---- how keys are written

    /** What PKCS #8 wraps: PKCS #1 for RSA, SEC 1 for EC. */
    private static byte[] inner(KeyPair keys) {
        try {
            Der fields = Der.of(keys.getPrivate().getEncoded()).enter(Der.SEQUENCE);
            fields.integer();
            fields.enter(Der.SEQUENCE);
            return fields.content(Der.OCTET_STRING);
        } catch (UnusablePemException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] curve(KeyPair keys) {
        try {
            Der fields = Der.of(keys.getPrivate().getEncoded()).enter(Der.SEQUENCE);
            fields.integer();
            Der algorithm = fields.enter(Der.SEQUENCE);
            algorithm.objectId();
            return algorithm.element();
        } catch (UnusablePemException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] sec1WithCurve(KeyPair keys) {
        try {
            Der fields = Der.of(inner(keys)).enter(Der.SEQUENCE);
            return sequence(fields.element(), fields.element(), Der.encode(Der.CONTEXT_0, curve(keys)));
        } catch (UnusablePemException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] encryptedByJdk(String scheme, KeyPair keys) throws Exception {
        SecretKey key = SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(ASCII_SECRET.toCharArray()));
        Cipher cipher = Cipher.getInstance(scheme);
        AlgorithmParameterSpec parameters = scheme.contains("AES")
                ? new PBEParameterSpec(SALT, 1000, new IvParameterSpec(IV16))
                : new PBEParameterSpec(SALT, 1000);
        cipher.init(Cipher.ENCRYPT_MODE, key, parameters);
        AlgorithmParameters used = cipher.getParameters();
        if (scheme.contains("Hmac")) {
            // Releases of the JDK differ in whether the name of the scheme is part of its parameters.
            byte[] encoded = used.getEncoded();
            boolean named = Der.of(encoded).enter(Der.SEQUENCE).nextIs(Der.OBJECT_ID);
            byte[] algorithm = named ? encoded : sequence(id("2A864886F70D01050D"), encoded);
            return sequence(
                    algorithm,
                    Der.encode(
                            Der.OCTET_STRING, cipher.doFinal(keys.getPrivate().getEncoded())));
        }
        return new EncryptedPrivateKeyInfo(
                        used, cipher.doFinal(keys.getPrivate().getEncoded()))
                .getEncoded();
    }

    private static byte[] encrypt(String cipher, byte[] key, byte[] iv, byte[] plain) throws Exception {
        Cipher c = Cipher.getInstance(cipher + "/CBC/PKCS5Padding");
        c.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, cipher), new IvParameterSpec(iv));
        return c.doFinal(plain);
    }

    /** OpenSSL's EVP_BytesToKey with MD5 and one round. */
    private static byte[] bytesToKey(byte[] password, byte[] salt, int length) throws Exception {
        byte[] all = new byte[0];
        byte[] last = new byte[0];
        while (all.length < length) {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(last);
            md5.update(password);
            md5.update(salt);
            last = md5.digest();
            int before = all.length;
            all = Arrays.copyOf(all, before + last.length);
            System.arraycopy(last, 0, all, before, last.length);
        }
        return Arrays.copyOf(all, length);
    }

    private static byte[] sequence(byte[]... parts) {
        return Der.encode(Der.SEQUENCE, parts);
    }

    private static byte[] id(String hex) {
        return Der.encode(Der.OBJECT_ID, HexFormat.of().parseHex(hex));
    }
}
