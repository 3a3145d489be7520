// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapSetCodec;
import io.filbert.internal.protocol.codec.MapSizeCodec;
import io.filbert.internal.protocol.member.MapSizeMemberCodec;
import io.filbert.internal.protocol.type.ErrorCode;
import io.filbert.testkit.FaultProxy.Direction;
import io.filbert.testkit.faults.Fault;
import io.filbert.testkit.faults.FaultGround;
import io.filbert.testkit.faults.FaultReport;
import io.filbert.testkit.faults.FaultRun;
import io.filbert.testkit.faults.FaultTimes;
import io.filbert.testkit.faults.Figure;
import io.filbert.testkit.faults.MyClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The code of docs/testing.md, between tags, and the proof that the page shows exactly that. */
// tag::leaks[]
@NoLeaks
class TestingGuideTest {
    // end::leaks[]

    private static final Path PAGE = Path.of("..", "docs", "testing.md");
    private static final Path SOURCE =
            Path.of("src", "test", "java", "io", "filbert", "testkit", "TestingGuideTest.java");

    private final List<RawClient> clients = new ArrayList<>();

    @Test
    void cluster() throws IOException {
        // tag::cluster[]
        try (HazelcastCluster cluster = HazelcastCluster.builder()
                .version("5.7.0")
                .members(2)
                .configXml("<map name=\"m\"><backup-count>1</backup-count></map>")
                .start()) {
            connect(cluster.addresses());
            cluster.awaitSafe();
            cluster.member(0).terminate(); // kill -9; also shutdown, suspend, resume, restart
            cluster.awaitFormed();
            assertThat(cluster.member(1).memberUuids()).hasSize(1);
        }
        // end::cluster[]
    }

    @Test
    void proxy() throws IOException {
        // tag::proxy[]
        try (HazelcastMember member = HazelcastMember.start();
                FaultProxy proxy = FaultProxy.to(member)) {
            connect(List.of(proxy.address()));
            proxy.stall(Direction.TO_CLIENT); // requests arrive, answers do not
            proxy.resume();
            proxy.slowDrip(1_000, Direction.TO_MEMBER);
            proxy.cut(); // RST on both sides
            proxy.refuse(); // nobody listens, until pass()
            proxy.pass();
            Eventually.passes(() -> assertThat(member.clientUuids()).isEmpty());
        }
        // end::proxy[]
    }

    @Test
    void faults() {
        // tag::faults[]
        try (FaultGround ground = Fault.CUT.kind().open(true)) {
            FaultReport report = FaultRun.of(Fault.CUT, ground, FaultTimes.SHORT, MyClient.Factory.class, List.of())
                    .report();
            assertThat(report.get(Figure.HUNG)).isZero();
            assertThat(report.get(Figure.LOST_WRITES)).isZero();
            assertThat(report.get(Figure.WELL_AGAIN)).isBetween(0L, 5_000L);
        }
        // end::faults[]
    }

    @Test
    void scripted() throws IOException {
        // tag::scripted[]
        try (ScriptedMember member = ScriptedMember.start()) {
            member.on(
                    MapGetCodec.REQUEST,
                    (request, reply) ->
                            reply.error(ErrorCode.MEMBER_LEFT, "com.hazelcast.core.MemberLeftException", "gone"));
            HeldRequests sizes = member.hold(MapSizeCodec.REQUEST);
            member.dieAt(Step.halfAnswered(MapSetCodec.REQUEST));

            RawClient client = connect(List.of(member.address()));
            client.send(MapSizeCodec.encodeRequest("m"));
            Reply reply = sizes.take();
            reply.sendInPieces(MapSizeMemberCodec.encodeResponse(42), 5);
            assertThat(member.requests(MapSizeCodec.REQUEST)).hasSize(1);
        }
        // end::scripted[]
    }

    @Test
    void watch() {
        // tag::watch[]
        Map<Long, String> inFlight = new LinkedHashMap<>(); // what must be empty in the end
        LeakCheck.watch(() ->
                inFlight.values().stream().map(call -> call + " in flight").toList());
        // end::watch[]
        assertThat(inFlight).isEmpty();
    }

    @Test
    void page_showsTheCodeOfThisClass() throws IOException {
        Map<String, String> code = taggedCode();
        assertThat(code).hasSize(6);
        String page = Files.readString(PAGE);
        assertThat(snippets(page).keySet()).isEqualTo(code.keySet());
        snippets(page)
                .forEach((tag, snippet) ->
                        assertThat(snippet).as("snippet %s of %s", tag, PAGE).isEqualTo(code.get(tag)));
    }

    private static Map<String, String> taggedCode() throws IOException {
        Map<String, String> code = new LinkedHashMap<>();
        Pattern region = Pattern.compile("( *)// tag::(\\w+)\\[]\n(.*?)\n *// end::\\2\\[]", Pattern.DOTALL);
        Matcher matcher = region.matcher(Files.readString(SOURCE));
        while (matcher.find()) {
            String indent = matcher.group(1);
            code.put(
                    matcher.group(2),
                    matcher.group(3)
                            .lines()
                            .map(line -> line.startsWith(indent) ? line.substring(indent.length()) : line)
                            .collect(Collectors.joining("\n")));
        }
        return code;
    }

    private static Map<String, String> snippets(String page) {
        Map<String, String> snippets = new LinkedHashMap<>();
        Matcher matcher = Pattern.compile("<!-- (\\w+) -->\n```java\n(.*?)\n```", Pattern.DOTALL)
                .matcher(page);
        while (matcher.find()) {
            snippets.put(matcher.group(1), matcher.group(2));
        }
        return snippets;
    }

    /** Stands for the client under test. */
    private RawClient connect(List<String> addresses) throws IOException {
        String address = addresses.get(0);
        RawClient client = new RawClient(Integer.parseInt(address.substring(address.indexOf(':') + 1)));
        clients.add(client);
        return client.authenticated("dev");
    }

    @AfterEach
    void closeClients() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }
}
