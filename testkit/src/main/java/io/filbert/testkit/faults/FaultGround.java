// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import io.filbert.testkit.FaultProxy;
import io.filbert.testkit.HazelcastCluster;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Real members and what stands between them and the client, on which faults happen; one after the other may happen on the same ground. Not
 * thread-safe.
 */
public final class FaultGround implements AutoCloseable {

    /** What grounds there are. */
    public enum Kind {
        /** Three members, reached directly. Entries have one backup. */
        THREE_MEMBERS,
        /** One member behind a proxy, which is the only address of it that clients ever learn. */
        PROXY,
        /** The same with TLS, ended between proxy and member. */
        TLS_PROXY,
        /** One member known by a name, which leads to a proxy at 127.0.0.2; there is another one at 127.0.0.3. Linux only. */
        NAME;

        /**
         * Starts the members and the proxies.
         *
         * @param fastStart whether members start quickly rather than run quickly
         */
        public FaultGround open(boolean fastStart) {
            FaultGround ground = new FaultGround(fastStart);
            try {
                switch (this) {
                    case THREE_MEMBERS -> ground.startThreeMembers();
                    case PROXY -> ground.startBehindProxy();
                    case TLS_PROXY -> ground.startBehindTls();
                    case NAME -> ground.startBehindName();
                }
                return ground;
            } catch (RuntimeException e) {
                ground.close();
                throw e;
            }
        }
    }

    static final String FIRST_ADDRESS = "127.0.0.2";
    static final String SECOND_ADDRESS = "127.0.0.3";

    private static final String NAME = "member.filbert.test";

    /** The target of a proxy until its member is there. */
    private static final int UNUSED_PORT = 1;

    private final boolean fastStart;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private @Nullable HazelcastCluster cluster;
    private @Nullable FaultProxy proxy;
    private @Nullable Path trusted;
    private @Nullable Path hosts;

    private FaultGround(boolean fastStart) {
        this.fastStart = fastStart;
    }

    private void startThreeMembers() {
        cluster =
                keep(HazelcastCluster.builder().members(3).fastStart(fastStart).start());
    }

    private void startBehindProxy() {
        FaultProxy front = keep(FaultProxy.to("127.0.0.1", UNUSED_PORT));
        front.retarget(startMemberBehind(front).port());
        proxy = front;
    }

    private void startBehindTls() {
        FaultProxy front = keep(FaultProxy.to("127.0.0.1", UNUSED_PORT));
        HazelcastMember member = startMemberBehind(front);
        TestCertificate certificate = TestCertificate.forLoopback();
        trusted = file("ca", ".pem", certificate.certificatePem());
        front.retarget(keep(FaultProxy.tlsTo(member.host(), member.port(), certificate.context(List.of()), false))
                .port());
        proxy = front;
    }

    private void startBehindName() {
        FaultProxy first = keep(FaultProxy.listeningOn(address(FIRST_ADDRESS, 0), "127.0.0.1", UNUSED_PORT));
        HazelcastMember member = startMemberBehind(first);
        first.retarget(member.port());
        FaultProxy ignored =
                keep(FaultProxy.listeningOn(address(SECOND_ADDRESS, first.port()), member.host(), member.port()));
        proxy = first;
        hosts = file("hosts", ".txt", "");
        moveName(FIRST_ADDRESS);
    }

    /** The member announces the proxy's address as its own, so that no client finds a way around the proxy. */
    private HazelcastMember startMemberBehind(FaultProxy front) {
        HazelcastCluster started = keep(HazelcastCluster.builder()
                .networkXml("<public-address>" + front.address() + "</public-address>")
                .fastStart(fastStart)
                .start());
        cluster = started;
        return started.member(0);
    }

    private static InetSocketAddress address(String host, int port) {
        return new InetSocketAddress(host, port);
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    private Path file(String name, String suffix, String text) {
        try {
            Path file = Files.createTempFile("filbert-" + name + "-", suffix);
            keep(() -> Files.deleteIfExists(file));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary file", e);
        }
    }

    /** The members; to be looked at while something goes wrong. */
    public HazelcastCluster cluster() {
        if (cluster == null) {
            throw new IllegalStateException("There are no members here");
        }
        return cluster;
    }

    /** The one that was added last. */
    HazelcastMember lastMember() {
        List<HazelcastMember> members = cluster().members();
        return members.get(members.size() - 1);
    }

    /** What stands before the only member. */
    FaultProxy proxy() {
        if (proxy == null) {
            throw new IllegalStateException("There is no proxy here");
        }
        return proxy;
    }

    /** Has the name lead to another address from now on. */
    void moveName(String address) {
        if (hosts == null) {
            throw new IllegalStateException("There is no name here");
        }
        try {
            // At once, so that nobody reads half a file.
            Path next =
                    Files.writeString(hosts.resolveSibling(hosts.getFileName() + ".next"), address + " " + NAME + "\n");
            Files.move(next, hosts, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The file of names could not be written", e);
        }
    }

    /** What clients are told here. */
    ClientOptions clientOptions(FaultTimes times) {
        List<String> addresses = hosts != null
                ? List.of(NAME + ":" + proxy().port())
                : proxy != null
                        ? List.of(proxy.address())
                        : cluster().members().stream()
                                .filter(HazelcastMember::isAlive)
                                .map(HazelcastMember::address)
                                .toList();
        return new ClientOptions(
                addresses,
                hosts == null,
                trusted,
                times.callDeadline(),
                times.heartbeatInterval(),
                times.heartbeatTimeout(),
                times.firstPause(),
                times.longestPause());
    }

    /** What the JVM of a client must be told here, besides its own options. */
    List<String> jvmOptions(List<String> own) {
        return hosts == null
                ? own
                : Stream.concat(
                                own.stream(),
                                Stream.of(
                                        "-Djdk.net.hosts.file=" + hosts,
                                        "-Dsun.net.inetaddr.ttl=0",
                                        "-Dsun.net.inetaddr.negative.ttl=0"))
                        .toList();
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("The ground of a fault could not be cleared", e);
            }
        }
    }
}
