// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.testkit.HazelcastCluster;
import io.filbert.testkit.NoLeaks;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each client writes every type they share, and all of them read it: as a value, and as a key, which is compared by its bytes. In
 * the byte order that the members are configured with.
 */
@NoLeaks(NoLeaks.Scope.CLASS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
abstract class ThreeWayInterop {

    private final List<InteropPeer> peers = new ArrayList<>();
    private final ByteOrder order;
    private HazelcastCluster cluster;
    private NodePeer node;

    ThreeWayInterop(ByteOrder order) {
        this.order = order;
    }

    /** The members to meet in, which will be given back. */
    abstract HazelcastCluster takeCluster();

    /** Called when all clients are gone. */
    abstract void giveBack(HazelcastCluster cluster);

    @BeforeAll
    void connect() {
        cluster = takeCluster();
        node = NodePeer.connect(cluster, order);
        peers.add(node);
        peers.add(FilbertPeer.connect(cluster, order));
        peers.add(OfficialPeer.connect(cluster, order));
    }

    @AfterAll
    void close() {
        peers.forEach(InteropPeer::close);
        giveBack(cluster);
    }

    Stream<Arguments> casesAndWriters() {
        return Arrays.stream(InteropCase.values())
                .flatMap(which ->
                        peers.stream().filter(peer -> peer.writes(which)).map(writer -> Arguments.of(which, writer)));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("casesAndWriters")
    void valueOfOne_isReadByAll(InteropCase which, InteropPeer writer) {
        String map = "interop-values-of-" + writer;
        writer.put(map, which);
        for (InteropPeer reader : peers) {
            assertThat(reader.check(map, which))
                    .as("%s of %s, read by %s", which, writer, reader)
                    .isEqualTo(InteropPeer.OK);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("casesAndWriters")
    void keyOfOne_isFoundByAllThatWriteIt(InteropCase which, InteropPeer writer) {
        String map = "interop-keys-of-" + writer;
        writer.putKey(map, which);
        for (InteropPeer reader : peers) {
            if (reader.writes(which)) {
                assertThat(reader.checkKey(map, which))
                        .as("key %s of %s, looked up by %s", which, writer, reader)
                        .isEqualTo(InteropPeer.OK);
            }
        }
    }

    @Test
    void allPeersKnowTheSameCases() {
        List<InteropCase> cases = List.of(InteropCase.values());
        assertThat(node.known())
                .containsExactlyElementsOf(
                        cases.stream().map(InteropCase::label).toList());
        assertThat(node.written())
                .containsExactlyElementsOf(cases.stream()
                        .filter(InteropCase::isWrittenByNode)
                        .map(InteropCase::label)
                        .toList());
    }
}
