// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.error.MemberErrorCode;
import io.filbert.error.MemberErrorException;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.codec.ErrorsCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.internal.protocol.codec.TopicPublishAllCodec;
import io.filbert.internal.protocol.type.ErrorHolder;
import io.filbert.internal.protocol.type.StackTraceElement;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberErrorsTest {

    private static final Map<MemberErrorCode, Class<? extends RuntimeException>> JDK_CLASSES = Map.ofEntries(
            Map.entry(MemberErrorCode.ARRAY_INDEX_OUT_OF_BOUNDS, ArrayIndexOutOfBoundsException.class),
            Map.entry(MemberErrorCode.ARRAY_STORE, ArrayStoreException.class),
            Map.entry(MemberErrorCode.CANCELLATION, CancellationException.class),
            Map.entry(MemberErrorCode.CLASS_CAST, ClassCastException.class),
            Map.entry(MemberErrorCode.CONCURRENT_MODIFICATION, ConcurrentModificationException.class),
            Map.entry(MemberErrorCode.ILLEGAL_ARGUMENT, IllegalArgumentException.class),
            Map.entry(MemberErrorCode.ILLEGAL_MONITOR_STATE, IllegalMonitorStateException.class),
            Map.entry(MemberErrorCode.ILLEGAL_STATE, IllegalStateException.class),
            Map.entry(MemberErrorCode.ILLEGAL_THREAD_STATE, IllegalThreadStateException.class),
            Map.entry(MemberErrorCode.INDEX_OUT_OF_BOUNDS, IndexOutOfBoundsException.class),
            Map.entry(MemberErrorCode.NEGATIVE_ARRAY_SIZE, NegativeArraySizeException.class),
            Map.entry(MemberErrorCode.NO_SUCH_ELEMENT, NoSuchElementException.class),
            Map.entry(MemberErrorCode.NULL_POINTER, NullPointerException.class),
            Map.entry(MemberErrorCode.REJECTED_EXECUTION, RejectedExecutionException.class),
            Map.entry(MemberErrorCode.SECURITY, SecurityException.class),
            Map.entry(MemberErrorCode.UNSUPPORTED_OPERATION, UnsupportedOperationException.class));

    private static MemberErrorException decode(ErrorHolder... errors) {
        byte[] reply = ErrorsCodec.encode(List.of(errors));
        return MemberErrors.decode(new MessageReader().reset(reply, 0, reply.length));
    }

    private static RuntimeException forUser(MemberErrorException error) {
        return MemberErrors.forUser(error, MapPutCodec.REQUEST, "Map.put on map 'm'");
    }

    private static MemberErrorException error(int code) {
        return decode(new ErrorHolder(code, "com.example.Broken", "no", List.of()));
    }

    static Set<Map.Entry<MemberErrorCode, Class<? extends RuntimeException>>> jdkClasses() {
        return JDK_CLASSES.entrySet();
    }

    static Stream<MemberErrorCode> otherCodes() {
        return Stream.of(MemberErrorCode.values()).filter(code -> !JDK_CLASSES.containsKey(code));
    }

    @ParameterizedTest
    @EnumSource(MemberErrorCode.class)
    void decode_anyKnownCode_isKept(MemberErrorCode code) {
        MemberErrorException error = error(code.code());

        assertThat(error.errorCode()).isEqualTo(code);
        assertThat(error.code()).isEqualTo(code.code());
        assertThat(error.memberClassName()).isEqualTo("com.example.Broken");
        assertThat(error.memberMessage()).isEqualTo("no");
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 500, 1000, -1, Integer.MAX_VALUE})
    void decode_unknownCode_isKeptAsUndefined(int code) {
        MemberErrorException error = error(code);

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.errorCode()).isEqualTo(MemberErrorCode.UNDEFINED);
    }

    @Test
    void decode_severalErrors_areACauseChain() {
        MemberErrorException error = decode(
                new ErrorHolder(48, "a.Outer", "outer", List.of()),
                new ErrorHolder(27, "a.Middle", null, List.of()),
                new ErrorHolder(999, "a.Inner", "inner", List.of()));

        assertThat(error.memberMessage()).isEqualTo("outer");
        assertThat(error.getCause()).isInstanceOfSatisfying(MemberErrorException.class, middle -> {
            assertThat(middle.memberClassName()).isEqualTo("a.Middle");
            assertThat(middle.memberMessage()).isNull();
            assertThat(middle.getCause()).isInstanceOfSatisfying(MemberErrorException.class, inner -> {
                assertThat(inner.code()).isEqualTo(999);
                assertThat(inner.getCause()).isNull();
            });
        });
    }

    @Test
    void decode_stackOfTheMember_comesFirst() {
        MemberErrorException error = decode(new ErrorHolder(
                48,
                "a.B",
                "no",
                List.of(
                        new StackTraceElement("a.C", "run", "C.java", 17),
                        new StackTraceElement("a.D", "call", null, -2))));

        assertThat(error.getStackTrace()[0]).hasToString("a.C.run(C.java:17)");
        assertThat(error.getStackTrace()[1]).hasToString("a.D.call(Native Method)");
        assertThat(error.getStackTrace()).as("frames of this client").hasSizeGreaterThan(2);
    }

    @Test
    void decode_noErrorAtAll_isAnErrorAllTheSame() {
        MemberErrorException error = decode();

        assertThat(error.errorCode()).isEqualTo(MemberErrorCode.UNDEFINED);
        assertThat(error).hasMessageContaining("empty");
    }

    @Test
    void decode_classThatExistsHere_isNotLoaded() {
        // Initializing the class would fail the test; nothing may even look it up.
        MemberErrorException error = decode(new ErrorHolder(48, MustNotBeLoaded.class.getName(), "no", List.of()));

        assertThat(forUser(error)).isInstanceOf(MemberErrorException.class);
        assertThat(loaded).as("whether the class was initialized").isFalse();
    }

    private static volatile boolean loaded;

    @SuppressWarnings("unused") // by name only
    private static final class MustNotBeLoaded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        static {
            loaded = true;
        }
    }

    @ParameterizedTest
    @MethodSource("jdkClasses")
    void forUser_uncheckedErrorOfTheJdk_isThatClass(
            Map.Entry<MemberErrorCode, Class<? extends RuntimeException>> expected) {
        MemberErrorException error = error(expected.getKey().code());

        assertThat(forUser(error))
                .isExactlyInstanceOf(expected.getValue())
                .hasMessage("Map.put on map 'm': no")
                .hasCause(error);
    }

    @ParameterizedTest
    @MethodSource("otherCodes")
    void forUser_anyOtherCode_isTheMembersError(MemberErrorCode code) {
        MemberErrorException error = error(code.code());

        RuntimeException seen = forUser(error);

        assertThat(seen).hasMessage("Map.put on map 'm': " + error.getMessage()).hasCause(error.getCause());
        assertThat(seen.getStackTrace()).isEqualTo(error.getStackTrace());
        assertThat(((MemberErrorException) seen).memberMessage()).isEqualTo("no");
    }

    @Test
    void forUser_noMessage_namesTheClass() {
        MemberErrorException error = decode(new ErrorHolder(23, "java.lang.IllegalArgumentException", null, List.of()));

        assertThat(forUser(error)).hasMessage("Map.put on map 'm': java.lang.IllegalArgumentException");
    }

    @Test
    void forUser_requestThatTheMemberDoesNotKnow_saysWhichAndWhatItNeeds() {
        MemberErrorException error = new MemberErrorException(
                MemberErrorCode.UNSUPPORTED_OPERATION.code(),
                "java.lang.UnsupportedOperationException",
                "Unrecognized client message received with type: 0x40400",
                List.of(),
                null);

        assertThat(MemberErrors.forUser(error, TopicPublishAllCodec.REQUEST, "Topic.publishAll on topic 't'"))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Topic.publishAll on topic 't'")
                .hasMessageContaining("version 2.1")
                .hasMessageContaining("0x40400")
                .hasCause(error);
    }

    @Test
    void forUser_requestThatTheMemberKnowsButRefuses_isWhatItSays() {
        MemberErrorException error = new MemberErrorException(
                MemberErrorCode.UNSUPPORTED_OPERATION.code(),
                "java.lang.UnsupportedOperationException",
                "not here",
                List.of(),
                null);

        assertThat(MemberErrors.forUser(error, TopicPublishAllCodec.REQUEST, "anything"))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("anything: not here");
    }
}
