// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.filbert.HazelcastClient;
import io.filbert.cluster.Address;
import io.filbert.config.ClientConfig;
import io.filbert.config.TokenProvider;
import io.filbert.error.AuthenticationException;
import io.filbert.error.ConnectionException;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.it.support.Clients;
import io.filbert.it.support.LogLines;
import io.filbert.it.support.SharedCluster;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.ScriptedCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Credentials: members that want them accept and refuse, and nothing secret gets where it can be read. */
@ExtendWith(SharedCluster.class)
@NoLeaks
final class AuthenticationIT {

    private static final String SECRET = "s3cret-7f";

    private static Throwable failureOf(List<String> addresses, Consumer<ClientConfig.Builder> changes) {
        Throwable failure = catchThrowable(() -> HazelcastClient.connect(config -> {
            config.clusterMembers(addresses).clusterConnectTimeout(Duration.ZERO);
            changes.accept(config);
        }));
        return Objects.requireNonNull(failure, "connected to " + addresses);
    }

    private static String wholeStory(Throwable failure) {
        StringBuilder story = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            story.append(t).append('\n');
            for (Throwable suppressed : t.getSuppressed()) {
                story.append(suppressed).append('\n');
            }
        }
        return story.toString();
    }

    private static void works(HazelcastClient client) {
        assertThat(client.getMap("m").blocking().put("key", "value")).isNull();
        assertThat(client.getMap("m").blocking().get("key")).isEqualTo("value");
    }

    // ---- name and password

    @Test
    void nameAndPassword_right_letTheClientIn() {
        try (ScriptedCluster cluster =
                        ScriptedCluster.builder().credentials("alice", SECRET).start();
                HazelcastClient client = Clients.connect(
                        cluster.addresses(),
                        config -> config.credsUsername("alice").credsPassword(SECRET))) {
            works(client);
        }
    }

    @Test
    void nameAndPassword_wrong_areRefusedNamingTheUser() {
        try (ScriptedCluster cluster =
                ScriptedCluster.builder().credentials("alice", "other").start()) {
            Throwable failure = failureOf(
                    cluster.addresses(), config -> config.credsUsername("alice").credsPassword(SECRET));

            assertThat(failure).isInstanceOf(AuthenticationException.class);
            assertThat(wholeStory(failure))
                    .contains("user 'alice' with this password", "credsPassword")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void nothing_whereSomethingIsWanted_isRefusedNamingTheOptions() {
        try (ScriptedCluster cluster =
                ScriptedCluster.builder().credentials("alice", SECRET).start()) {
            Throwable failure = failureOf(cluster.addresses(), config -> {});

            assertThat(failure)
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("clients without credentials (options credsUsername, tokenProvider)");
        }
    }

    // ---- tokens

    @Test
    void token_right_letsTheClientInOnEveryConnection() {
        List<Address> asked = new CopyOnWriteArrayList<>();
        try (ScriptedCluster cluster = ScriptedCluster.builder()
                        .members(3)
                        .token(SECRET.getBytes(StandardCharsets.UTF_8))
                        .start();
                HazelcastClient client = Clients.connect(
                        cluster.addresses(),
                        config -> config.tokenProvider(address -> {
                            asked.add(address);
                            return SECRET.getBytes(StandardCharsets.UTF_8);
                        }))) {
            works(client);
            Eventually.passes(() -> assertThat(asked.stream().map(Address::toString))
                    .containsExactlyInAnyOrderElementsOf(cluster.addresses()));
        }
    }

    @Test
    void token_changesBetweenConnections_eachGetsTheNewest() {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedCluster cluster = ScriptedCluster.builder()
                        .token("token-1".getBytes(StandardCharsets.UTF_8))
                        .start();
                HazelcastClient client = Clients.connect(
                        cluster.addresses(),
                        config -> config.retryInitialBackoff(Duration.ofMillis(10))
                                .tokenProvider(address ->
                                        // Only odd ones are accepted: the second attempt fails, the third succeeds.
                                        ("token-" + (asked.getAndIncrement() % 2 == 0 ? 1 : 2))
                                                .getBytes(StandardCharsets.UTF_8)))) {
            works(client);
            cluster.member(0).resetConnections();

            assertThat(client.getMap("m").blocking().get("key")).isEqualTo("value");
            assertThat(asked).hasValueGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void token_wrong_isRefused() {
        try (ScriptedCluster cluster = ScriptedCluster.builder()
                .token("other".getBytes(StandardCharsets.UTF_8))
                .start()) {
            Throwable failure =
                    failureOf(cluster.addresses(), config -> config.tokenProvider(TokenProvider.of(SECRET)));

            assertThat(failure).isInstanceOf(AuthenticationException.class);
            assertThat(wholeStory(failure)).contains("option tokenProvider").doesNotContain(SECRET);
        }
    }

    @Test
    void token_providerFails_isAFailureToConnect() {
        try (ScriptedCluster cluster = ScriptedCluster.builder().start()) {
            Throwable failure = failureOf(
                    cluster.addresses(),
                    config -> config.tokenProvider(address -> {
                        throw new IllegalStateException("the vault is sealed");
                    }));

            assertThat(failure)
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("tokenProvider gave no credentials");
            assertThat(wholeStory(failure)).contains("the vault is sealed");
        }
    }

    @Test
    @SuppressWarnings("NullAway") // a null on purpose
    void token_providerGivesNull_isAFailureToConnect() {
        try (ScriptedCluster cluster = ScriptedCluster.builder().start()) {
            Throwable failure = failureOf(cluster.addresses(), config -> config.tokenProvider(address -> null));

            assertThat(failure).isInstanceOf(ConnectionException.class).hasMessageContaining("gave null");
        }
    }

    @Test
    void token_providerHangs_failsAtTheConnectionTimeout() {
        CountDownLatch end = new CountDownLatch(1);
        try (ScriptedCluster cluster = ScriptedCluster.builder().start()) {
            long begin = System.nanoTime();
            Throwable failure = failureOf(
                    cluster.addresses(),
                    config -> config.connectionTimeout(Duration.ofMillis(300)).tokenProvider(address -> {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return new byte[1];
                    }));

            assertThat(failure).isInstanceOf(ConnectionException.class).hasMessageContaining("tokenProvider");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        } finally {
            end.countDown();
        }
    }

    // ---- custom credentials

    @Test
    void customCredentials_arriveInSerializedForm() {
        List<String> credentials = new ArrayList<>(List.of("alice", SECRET));
        byte[] expected = Objects.requireNonNull(new SerializationService().toData(credentials))
                .bytes();
        try (ScriptedCluster cluster = ScriptedCluster.builder().token(expected).start();
                HazelcastClient client =
                        Clients.connect(cluster.addresses(), config -> config.customCredentials(credentials))) {
            works(client);
        }
    }

    @Test
    void customCredentials_thatCannotBeSerialized_areAFailureToConnect() {
        try (ScriptedCluster cluster = ScriptedCluster.builder().start()) {
            Throwable failure =
                    failureOf(cluster.addresses(), config -> config.customCredentials(new Thread(() -> {})));

            assertThat(failure)
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("customCredentials gave no credentials");
        }
    }

    // ---- real members

    static Stream<Named<Consumer<ClientConfig.Builder>>> credentials() {
        return Stream.of(
                Named.of(
                        "name and password",
                        config -> config.credsUsername("alice").credsPassword(SECRET)),
                Named.of("token", config -> config.tokenProvider(TokenProvider.of(SECRET))),
                Named.of("custom", config -> config.customCredentials(SECRET)));
    }

    /** Open-source members have no security and take no credentials. */
    @ParameterizedTest
    @MethodSource("credentials")
    void openSourceMember_refusesAnyCredentials(Consumer<ClientConfig.Builder> credentials) {
        Throwable failure = failureOf(SharedCluster.get().addresses(), credentials);

        assertThat(failure).isInstanceOf(AuthenticationException.class);
        assertThat(wholeStory(failure)).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void secrets_areNowhereToBeRead(Consumer<ClientConfig.Builder> credentials) {
        ClientConfig.Builder builder = ClientConfig.builder();
        credentials.accept(builder);
        try (LogLines log = LogLines.open();
                ScriptedCluster cluster = ScriptedCluster.builder().start()) {
            Throwable failure = failureOf(cluster.addresses(), credentials);

            assertThat(wholeStory(failure)).doesNotContain(SECRET);
            assertThat(log.all()).isNotEmpty().noneMatch(line -> line.contains(SECRET));
            assertThat(builder.build().toString()).doesNotContain(SECRET).contains("(hidden)");
        }
    }
}
