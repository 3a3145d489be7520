// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys as OpenSSL itself writes them, where it is installed: the other tests write such keys themselves. */
@EnabledIf("openSslIsInstalled")
class OpenSslKeysTest {

    private static final String PASSWORD = "pässword";

    private static final byte[] TEXT = {'f', 'i', 'l', 'b', 'e', 'r', 't'};

    private final Path directory;

    OpenSslKeysTest(@TempDir Path directory) {
        this.directory = directory;
    }

    static boolean openSslIsInstalled() {
        return Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "openssl")));
    }

    /** Runs one command in the directory, where a file has the password. */
    private void openSsl(String command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(("openssl " + command).split(" "))
                .directory(directory.toFile())
                .redirectErrorStream(true);
        Files.writeString(directory.resolve("password.txt"), PASSWORD + "\n");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
    }

    private List<PemBlock> blocks(String file) throws Exception {
        return PemBlock.parse(Files.readAllBytes(directory.resolve(file)));
    }

    static Stream<String> conversions() {
        return Stream.of(
                "pkcs8 -topk8 -nocrypt",
                "pkcs8 -topk8 -passout file:password.txt",
                "pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA1 -passout file:password.txt",
                "pkcs8 -topk8 -v2 aes-192-cbc -v2prf hmacWithSHA512 -passout file:password.txt",
                "pkcs8 -topk8 -v2 des3 -passout file:password.txt",
                "TYPE -aes128 -traditional -passout file:password.txt",
                "TYPE -aes192 -traditional -passout file:password.txt",
                "TYPE -aes256 -traditional -passout file:password.txt",
                "TYPE -des3 -traditional -passout file:password.txt",
                "TYPE -traditional");
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void first_whatOpenSslWrites_isTheKey(String conversion) throws Exception {
        for (String type : List.of("rsa", "ec")) {
            openSsl(type.equals("rsa") ? "genrsa -out key.pem 2048" : "ecparam -name secp384r1 -genkey -out key.pem");
            openSsl("pkey -in key.pem -pubout -outform DER -out public.der");
            PublicKey counterpart = KeyFactory.getInstance(type.toUpperCase(Locale.ROOT))
                    .generatePublic(new X509EncodedKeySpec(Files.readAllBytes(directory.resolve("public.der"))));

            // EC keys are always written in the traditional form by this command.
            String command = type.equals("ec") ? conversion.replace(" -traditional", "") : conversion;
            openSsl(command.replace("TYPE", type) + " -in key.pem -out converted.pem");
            PrivateKey read = PrivateKeys.first(blocks("converted.pem"), PASSWORD::toCharArray);

            // The encodings may differ in optional parts, so what counts is what the key is good for.
            Signature verifying = Signature.getInstance(signature(type));
            verifying.initVerify(counterpart);
            verifying.update(TEXT);
            assertThat(verifying.verify(sign(type, read))).as(type).isTrue();
        }
    }

    private static String signature(String type) {
        return type.equals("rsa") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    private static byte[] sign(String type, PrivateKey key) throws Exception {
        Signature signature = Signature.getInstance(signature(type));
        signature.initSign(key);
        signature.update(TEXT);
        return signature.sign();
    }

    @Test
    void first_scrypt_isRefusedWithARemedy() throws Exception {
        openSsl("genrsa -out key.pem 2048");
        openSsl("pkcs8 -topk8 -scrypt -passout file:password.txt -in key.pem -out converted.pem");
        List<PemBlock> blocks = blocks("converted.pem");

        assertThatThrownBy(() -> PrivateKeys.first(blocks, PASSWORD::toCharArray))
                .hasMessageContaining("scrypt")
                .hasMessageContaining("-v2 aes-256-cbc");
    }
}
