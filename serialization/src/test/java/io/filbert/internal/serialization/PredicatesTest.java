// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static io.filbert.query.Predicates.*;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import io.filbert.query.Predicate;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Predicates as members read them. */
class PredicatesTest {

    /** Constants are written by name: members need not have the class. */
    private enum Level {
        LOW,
        HIGH {
            @Override
            public String toString() {
                return "high";
            }
        }
    }

    private final SerializationService service = new SerializationService();

    static Stream<Arguments> vectors() {
        return Stream.of(
                Arguments.of(alwaysTrue(), "0000000e", "true"),
                Arguments.of(alwaysFalse(), "0000000d", "false"),
                Arguments.of(sql("a > 1"), "000000000000000561203e2031", "a > 1"),
                Arguments.of(equal("a", 1), "000000030000000161fffffff900000001", "a = 1"),
                Arguments.of(notEqual("a", null), "00000009000000016100000000", "a != null"),
                Arguments.of(greater("a", 1), "000000040000000161fffffff9000000010000", "a > 1"),
                Arguments.of(greaterOrEqual("a", 1), "000000040000000161fffffff9000000010100", "a >= 1"),
                Arguments.of(less("a", 1), "000000040000000161fffffff9000000010001", "a < 1"),
                Arguments.of(lessOrEqual("a", 1), "000000040000000161fffffff9000000010101", "a <= 1"),
                Arguments.of(
                        between("a", 1, 5), "000000020000000161fffffff900000005fffffff900000001", "a between 1 and 5"),
                Arguments.of(
                        in("a", 1, 2), "00000007000000016100000002fffffff900000001fffffff900000002", "a in [1, 2]"),
                Arguments.of(equal("a", Level.HIGH), "000000030000000161fffffff50000000448494748", "a = HIGH"),
                Arguments.of(lessOrEqual("a", Level.LOW), "000000040000000161fffffff5000000034c4f570101", "a <= LOW"),
                Arguments.of(
                        between("a", Level.HIGH, Level.LOW),
                        "000000020000000161fffffff5000000034c4f57fffffff50000000448494748",
                        "a between HIGH and LOW"),
                Arguments.of(
                        in("a", (Object[]) Level.values()),
                        "00000007000000016100000002fffffff5000000034c4f57fffffff50000000448494748",
                        "a in [LOW, HIGH]"),
                Arguments.of(like("a", "x%"), "000000050000000161000000027825", "a like 'x%'"),
                Arguments.of(ilike("a", "x%"), "000000060000000161000000027825", "a ilike 'x%'"),
                Arguments.of(regex("a", "x.*"), "0000000c000000016100000003782e2a", "a regex 'x.*'"),
                Arguments.of(
                        and(alwaysTrue(), alwaysFalse()),
                        "0000000100000002fffffffe01ffffffec0000000efffffffe01ffffffec0000000d",
                        "(true and false)"),
                Arguments.of(or(), "0000000b00000000", "()"),
                Arguments.of(not(alwaysTrue()), "0000000afffffffe01ffffffec0000000e", "not (true)"),
                Arguments.of(
                        instanceOf("java.lang.String"),
                        "0000000800000010" + "6a6176612e6c616e672e537472696e67",
                        "this is a java.lang.String"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void bytes_areThoseMembersRead(Predicate predicate, String fields, String text) {
        byte[] bytes = requireNonNull(service.toData(predicate)).bytes();

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("00000000fffffffe01ffffffec" + fields);
        assertThat(predicate).hasToString(text);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void officialService_readsThem(Predicate predicate, String fields, String text) {
        Object read = new DefaultSerializationServiceBuilder()
                .build()
                .toObject(new HeapData(requireNonNull(service.toData(predicate)).bytes()));

        assertThat(read).isInstanceOf(com.hazelcast.query.Predicate.class);
    }

    @Test
    @SuppressWarnings("NullAway") // that is the point
    void missingArguments_areRefusedAtOnce() {
        assertThatThrownBy(() -> greater("a", null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("value");
        assertThatThrownBy(() -> equal(null, 1))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("attribute");
        assertThatThrownBy(() -> and(alwaysTrue(), null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> sql(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("condition");
    }
}
