// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.filbert.cluster.Address;
import io.filbert.error.ConfigurationException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlsConfigTest {

    private static final Path FILE = Path.of("file.pem");
    private static final Supplier<char[]> PASSWORD = "secret"::toCharArray;
    private static final SSLContext CONTEXT = context();

    private static SSLContext context() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static TlsConfig tls(Consumer<TlsConfig.Builder> options) {
        return ClientConfig.builder().tls(options).build().tls();
    }

    /** Name, how to set it, how to read it, what is read then, its default. */
    static Stream<Arguments> options() {
        return Stream.of(
                option("enabled", t -> t.enabled(false), TlsConfig::enabled, false, true),
                option("caFile", t -> t.caFile(FILE), TlsConfig::caFile, FILE, null),
                option("caFile", t -> t.caFile("file.pem"), TlsConfig::caFile, FILE, null),
                option("certificateFile", t -> t.certificateFile(FILE), TlsConfig::certificateFile, FILE, null),
                option("certificateFile", t -> t.certificateFile("file.pem"), TlsConfig::certificateFile, FILE, null),
                option("keyFile", t -> t.certificateFile(FILE).keyFile(FILE), TlsConfig::keyFile, FILE, null),
                option("keyFile", t -> t.certificateFile(FILE).keyFile("file.pem"), TlsConfig::keyFile, FILE, null),
                option(
                        "password",
                        t -> t.certificateFile(FILE).password(PASSWORD),
                        TlsConfig::password,
                        PASSWORD,
                        null),
                option(
                        "protocol",
                        t -> t.protocol(TlsProtocol.TLSv1_3),
                        TlsConfig::protocol,
                        TlsProtocol.TLSv1_3,
                        null),
                option("ciphers", t -> t.ciphers("a", "b:c"), TlsConfig::ciphers, List.of("a", "b:c"), List.of()),
                option("ciphers", t -> t.ciphers(List.of("a")), TlsConfig::ciphers, List.of("a"), List.of()),
                option("checkHostname", t -> t.checkHostname(true), TlsConfig::checkHostname, true, false),
                option("serverName", t -> t.serverName("a.b"), TlsConfig::serverName, "a.b", null),
                option("sslContext", t -> t.sslContext(CONTEXT), TlsConfig::sslContext, CONTEXT, null));
    }

    private static Arguments option(
            String name,
            Consumer<TlsConfig.Builder> set,
            Function<TlsConfig, @Nullable Object> read,
            Object value,
            @Nullable Object byDefault) {
        return arguments(name, set, read, value, byDefault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void option_hasItsDefault_andTakesAnotherValue(
            String name,
            Consumer<TlsConfig.Builder> set,
            Function<TlsConfig, @Nullable Object> read,
            Object value,
            @Nullable Object byDefault) {
        assertThat(read.apply(tls(t -> {}))).as("default").isEqualTo(byDefault);
        ClientConfig config = ClientConfig.builder().tls(set).build();
        assertThat(read.apply(config.tls())).as("after setting it").isEqualTo(value);
        assertThat(read.apply(config.toBuilder().build().tls()))
                .as("after toBuilder")
                .isEqualTo(value);
    }

    @Test
    void options_allAppearInTheTestOfDefaults() {
        Set<String> tested = options().map(a -> (String) a.get()[0]).collect(Collectors.toCollection(TreeSet::new));

        assertThat(tested).isEqualTo(BuilderOptions.names(TlsConfig.Builder.class));
    }

    @Test
    void tls_notUsed_isOff() {
        assertThat(ClientConfig.builder().build().tls().enabled()).isFalse();
    }

    @Test
    void tls_twice_goesOnWithTheSameOptions() {
        TlsConfig config = ClientConfig.builder()
                .tls(t -> t.caFile(FILE).checkHostname(true))
                .tls(t -> t.checkHostname(false))
                .build()
                .tls();

        assertThat(config.caFile()).isEqualTo(FILE);
        assertThat(config.checkHostname()).isFalse();
    }

    /** What is set, and each problem as it begins. */
    static Stream<Arguments> badValues() {
        String together = "given together with tls.certificateFile";
        String context = "left out beside tls.sslContext";
        return Stream.of(
                bad(t -> t.keyFile(FILE), "tls.keyFile is \"file.pem\", but must be " + together),
                bad(t -> t.password("secret"), "tls.password is (hidden), but must be " + together),
                bad(
                        t -> t.sslContext(CONTEXT).caFile(FILE).password("secret"),
                        "tls.caFile is \"file.pem\", but must be " + context,
                        "tls.password is (hidden), but must be " + context),
                bad(
                        t -> t.sslContext(CONTEXT).certificateFile(FILE).keyFile(FILE),
                        "tls.certificateFile is \"file.pem\", but must be " + context,
                        "tls.keyFile is \"file.pem\", but must be " + context),
                bad(t -> t.ciphers("A", " "), "tls.ciphers is \" \", but must be the name of a cipher suite"),
                bad(t -> t.serverName("not a name"), "tls.serverName is \"not a name\", but must be a host name"));
    }

    private static Arguments bad(Consumer<TlsConfig.Builder> set, String... problems) {
        return arguments(set, problems);
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void build_badValues_areAllReported(Consumer<TlsConfig.Builder> set, String[] problems) {
        assertThatThrownBy(() -> tls(set)).isInstanceOfSatisfying(ConfigurationException.class, e -> {
            assertThat(e.problems()).hasSameSizeAs(problems);
            for (int i = 0; i < problems.length; i++) {
                assertThat(e.problems().get(i)).startsWith(problems[i]).matches(".*: \\w.{10,}");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void build_disabled_ignoresBadValues(Consumer<TlsConfig.Builder> set, String[] problems) {
        assertThat(tls(t -> {
                            set.accept(t);
                            t.enabled(false);
                        })
                        .enabled())
                .as("instead of %s", Arrays.toString(problems))
                .isFalse();
    }

    @Test
    void password_asTextOrCharacters_isCopied() {
        char[] given = "secret".toCharArray();
        Supplier<char[]> characters = password(t -> t.password(given));
        Supplier<char[]> text = password(t -> t.password("secret"));

        given[0] = 'X';
        characters.get()[1] = 'X';

        assertThat(characters.get()).containsExactly('s', 'e', 'c', 'r', 'e', 't');
        assertThat(text.get()).containsExactly('s', 'e', 'c', 'r', 'e', 't');
    }

    private static Supplier<char[]> password(Consumer<TlsConfig.Builder> set) {
        Supplier<char[]> password =
                tls(t -> set.accept(t.certificateFile(FILE))).password();
        assertThat(password).isNotNull();
        return password == null ? () -> new char[0] : password;
    }

    @Test
    void toString_showsOptions_butNoSecret() {
        ClientConfig config = ClientConfig.builder()
                .credsUsername("alice")
                .credsPassword("secret")
                .tls(t -> t.certificateFile(FILE).password("secret"))
                .build();

        assertThat(config.toString())
                .contains("certificateFile=file.pem", "password=(hidden)", "username=alice")
                .doesNotContain("secret");
        assertThat(ClientConfig.builder().tokenProvider(new Shown()).build().toString())
                .contains("tokenProvider=(hidden)")
                .doesNotContain("secret");
        assertThat(ClientConfig.builder().build().toString()).contains("CredentialsConfig[none]");
    }

    private record Shown() implements TokenProvider {

        @Override
        public byte[] token(Address address) {
            return new byte[1];
        }

        @Override
        public String toString() {
            return "secret";
        }
    }

    @Test
    @SuppressWarnings("NullAway") // nulls on purpose
    void nullArguments_areRefusedAtOnce() {
        assertThatNullPointerException()
                .isThrownBy(() -> tls(t -> t.caFile((Path) null)))
                .withMessage("caFile");
        assertThatNullPointerException()
                .isThrownBy(() -> tls(t -> t.protocol(null)))
                .withMessage("protocol");
        assertThatNullPointerException().isThrownBy(() -> tls(t -> t.ciphers("a", null)));
    }
}
