// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.it.support.SharedCluster;
import io.filbert.testkit.NoLeaks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each client writes every type they share, and all of them read it: as a value, and as a key, which is compared by its bytes. */
@ExtendWith(SharedCluster.class)
@NoLeaks(NoLeaks.Scope.CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
final class ThreeWayInteropIT {

    private static final List<InteropPeer> PEERS = new ArrayList<>();

    private static NodePeer node;

    @BeforeAll
    static void connect() {
        node = NodePeer.connect(SharedCluster.get());
        PEERS.add(node);
        PEERS.add(FilbertPeer.connect(SharedCluster.get()));
        PEERS.add(OfficialPeer.connect(SharedCluster.get()));
    }

    @AfterAll
    static void close() {
        PEERS.forEach(InteropPeer::close);
        PEERS.clear();
    }

    static Stream<Arguments> casesAndWriters() {
        return Arrays.stream(InteropCase.values())
                .flatMap(which ->
                        PEERS.stream().filter(peer -> peer.writes(which)).map(writer -> Arguments.of(which, writer)));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("casesAndWriters")
    void valueOfOne_isReadByAll(InteropCase which, InteropPeer writer) {
        String map = "interop-values-of-" + writer;
        writer.put(map, which);
        for (InteropPeer reader : PEERS) {
            if (reader.reads(which))
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
        for (InteropPeer reader : PEERS) {
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
