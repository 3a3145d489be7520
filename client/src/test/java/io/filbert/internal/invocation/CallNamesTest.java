// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.internal.protocol.RequestType;
import io.filbert.internal.protocol.codec.MapEntriesWithPredicateCodec;
import io.filbert.internal.protocol.codec.MapFetchEntriesCodec;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapPutWithMaxIdleCodec;
import io.filbert.internal.protocol.codec.MapValuesWithPredicateCodec;
import io.filbert.internal.protocol.codec.QueueCompareAndRetainAllCodec;
import io.filbert.internal.protocol.codec.QueueDrainToMaxSizeCodec;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Guards against errors that name operations of the protocol, which users do not know. */
class CallNamesTest {

    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of(MapGetCodec.REQUEST, "Map.get"),
                Arguments.of(MapPutWithMaxIdleCodec.REQUEST, "Map.put"),
                Arguments.of(MapValuesWithPredicateCodec.REQUEST, "Map.values"),
                Arguments.of(MapEntriesWithPredicateCodec.REQUEST, "Map.entrySet"),
                Arguments.of(MapFetchEntriesCodec.REQUEST, "Map.forEachEntry"),
                Arguments.of(QueueDrainToMaxSizeCodec.REQUEST, "Queue.drain"),
                Arguments.of(QueueCompareAndRetainAllCodec.REQUEST, "Queue.retainAll"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void of_request_isTheMethodOfTheUser(RequestType type, String name) {
        assertThat(CallNames.of(type)).isEqualTo(name);
    }
}
