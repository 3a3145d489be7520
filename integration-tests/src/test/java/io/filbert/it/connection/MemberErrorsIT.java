// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.filbert.HazelcastClient;
import io.filbert.error.IndeterminateOperationException;
import io.filbert.error.MemberErrorCode;
import io.filbert.error.MemberErrorException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import io.filbert.internal.protocol.type.ErrorCode;
import io.filbert.internal.protocol.type.ErrorHolder;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.Reply;
import io.filbert.testkit.ScriptedMember;
import io.filbert.testkit.ScriptedRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors a member answers with: sent again or final, as the table says; nothing of them is lost. */
@NoLeaks(NoLeaks.Scope.CLASS)
@SuppressWarnings("NullAway.Init") // set before the first test
final class MemberErrorsIT {

    private static ScriptedMember member;
    private static HazelcastClient client;
    private static DistributedMap<String, String> map;

    @BeforeAll
    static void connect() {
        member = ScriptedMember.start();
        client = Clients.connect(member.address(), config -> config.invocationRetryPause(Duration.ofMillis(10)));
        map = client.getMap("m");
    }

    @AfterAll
    static void close() {
        client.close();
        member.close();
    }

    @BeforeEach
    void asUsual() {
        member.asUsual(MapPutCodec.REQUEST);
        member.asUsual(MapGetCodec.REQUEST);
        member.forgetRequests();
    }

    static Stream<MemberErrorCode> codesWith(MemberErrorCode.RetryRule rule) {
        return Arrays.stream(MemberErrorCode.values()).filter(code -> code.retryRule() == rule);
    }

    static Stream<MemberErrorCode> passing() {
        return Stream.of(
                        MemberErrorCode.RetryRule.ALWAYS,
                        MemberErrorCode.RetryRule.ALWAYS_UNLESS_BOUND,
                        MemberErrorCode.RetryRule.ALWAYS_UNLESS_MEMBER_TARGET)
                .flatMap(MemberErrorsIT::codesWith);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void passingError_isRetriedWithFreshCorrelationIds(MemberErrorCode code) {
        AtomicInteger asked = new AtomicInteger();
        member.on(MapPutCodec.REQUEST, (request, reply) -> {
            if (asked.incrementAndGet() <= 7) {
                reply.error(code.code(), "some.Passing", "not now");
            } else {
                reply.proceed();
            }
        });
        map.put("k", "v").join();
        List<ScriptedRequest> attempts = member.requests(MapPutCodec.REQUEST);
        assertThat(attempts).hasSize(8);
        assertThat(attempts.stream().map(ScriptedRequest::correlationId).distinct())
                .hasSize(8);
    }

    static Stream<MemberErrorCode> finalCodes() {
        // NotAuthenticatedIT has the one that ends the connection.
        return codesWith(MemberErrorCode.RetryRule.NEVER).filter(code -> code != MemberErrorCode.AUTHENTICATION);
    }

    @ParameterizedTest
    @MethodSource("finalCodes")
    void finalError_isNotSentAgain_andKeepsItsContent(MemberErrorCode code) {
        member.on(MapPutCodec.REQUEST, (request, reply) -> reply.error(code.code(), "some.Final", "for good"));
        Throwable failure = failureOfPut();
        assertThat(failure).hasMessageContaining("Map.put on map 'm': ").hasMessageContaining("for good");
        assertThat(member.requests(MapPutCodec.REQUEST)).hasSize(1);
        MemberErrorException error = memberError(failure);
        assertThat(error.code()).isEqualTo(code.code());
        assertThat(error.memberClassName()).isEqualTo("some.Final");
        assertThat(error.memberMessage()).isEqualTo("for good");
        assertThat(error.getStackTrace()[0].getClassName()).isEqualTo("io.filbert.testkit.ScriptedMember");
    }

    private static MemberErrorException memberError(Throwable failure) {
        assertThat(failure).isNotInstanceOf(Error.class);
        return failure instanceof MemberErrorException error
                ? error
                : (MemberErrorException) Objects.requireNonNull(failure.getCause(), "a JDK error without cause");
    }

    @ParameterizedTest
    @ValueSource(ints = {ErrorCode.TARGET_DISCONNECTED, ErrorCode.MEMBER_LEFT})
    void lossReportedByAMember_isRetriedOnlyIfHarmless(int code) {
        AtomicInteger asked = new AtomicInteger();
        member.on(MapGetCodec.REQUEST, (request, reply) -> {
            if (asked.incrementAndGet() == 1) {
                reply.error(code, "x.Lost", "gone");
            } else {
                reply.proceed();
            }
        });
        member.on(MapPutCodec.REQUEST, (request, reply) -> reply.error(code, "x.Lost", "gone"));
        map.get("k").join();
        assertThat(asked).hasValue(2);
        assertThatThrownBy(() -> map.put("k", "v").join())
                .hasCauseInstanceOf(MemberErrorException.class)
                .cause()
                .satisfies(error -> assertThat(((MemberErrorException) error).isIndeterminate())
                        .isTrue());
        assertThat(member.requests(MapPutCodec.REQUEST)).hasSize(1);
    }

    @Test
    void passingErrorForEver_endsAtTheDeadline_namingTheLastFailure() {
        member.on(
                MapPutCodec.REQUEST,
                (request, reply) -> reply.error(ErrorCode.WRONG_TARGET, "x.WrongTarget", "not mine"));
        long begin = System.nanoTime();
        assertThatThrownBy(() ->
                        map.withDeadline(Duration.ofMillis(300)).put("k", "v").join())
                .hasCauseInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("not mine")
                .cause()
                .satisfies(timeout -> assertThat(((OperationTimeoutException) timeout).isIndeterminate())
                        .as("the member refused each attempt")
                        .isFalse());
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(300), Duration.ofSeconds(2));
        assertThat(member.requests(MapPutCodec.REQUEST)).hasSizeGreaterThan(5);
    }

    /** A refusal after it does not undo what an attempt may have done. */
    @Test
    void lossAndThenPassingErrors_timeoutIsIndeterminate() {
        AtomicInteger asked = new AtomicInteger();
        member.on(MapGetCodec.REQUEST, (request, reply) -> {
            if (asked.incrementAndGet() == 1) {
                reply.error(ErrorCode.TARGET_DISCONNECTED, "x.Lost", "gone");
            } else {
                reply.error(ErrorCode.WRONG_TARGET, "x.WrongTarget", "not mine");
            }
        });

        assertThatThrownBy(
                        () -> map.withDeadline(Duration.ofMillis(200)).get("k").join())
                .cause()
                .isInstanceOfSatisfying(
                        OperationTimeoutException.class,
                        timeout -> assertThat(timeout.isIndeterminate()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101, 555, 1000, 123_456, -7, Integer.MIN_VALUE})
    void unknownCode_isKept(int code) {
        member.on(MapPutCodec.REQUEST, (request, reply) -> reply.error(code, "com.acme.Odd", null));
        CompletionException failure = catchThrowableOfType(
                CompletionException.class, () -> map.put("k", "v").join());
        MemberErrorException error = (MemberErrorException) Objects.requireNonNull(failure.getCause());
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.errorCode()).isEqualTo(MemberErrorCode.UNDEFINED);
        assertThat(error.memberClassName()).isEqualTo("com.acme.Odd");
        assertThat(error.memberMessage()).isNull();
    }

    static Stream<Arguments> jdkClasses() {
        return Stream.of(
                Arguments.of(ErrorCode.ARRAY_INDEX_OUT_OF_BOUNDS, ArrayIndexOutOfBoundsException.class),
                Arguments.of(ErrorCode.ARRAY_STORE, ArrayStoreException.class),
                Arguments.of(ErrorCode.CANCELLATION, CancellationException.class),
                Arguments.of(ErrorCode.CLASS_CAST, ClassCastException.class),
                Arguments.of(ErrorCode.ILLEGAL_ARGUMENT, IllegalArgumentException.class),
                Arguments.of(ErrorCode.ILLEGAL_MONITOR_STATE, IllegalMonitorStateException.class),
                Arguments.of(ErrorCode.ILLEGAL_STATE, IllegalStateException.class),
                Arguments.of(ErrorCode.INDEX_OUT_OF_BOUNDS, IndexOutOfBoundsException.class),
                Arguments.of(ErrorCode.NEGATIVE_ARRAY_SIZE, NegativeArraySizeException.class),
                Arguments.of(ErrorCode.NO_SUCH_ELEMENT, NoSuchElementException.class),
                Arguments.of(ErrorCode.NULL_POINTER, NullPointerException.class),
                Arguments.of(ErrorCode.REJECTED_EXECUTION, RejectedExecutionException.class),
                Arguments.of(ErrorCode.SECURITY, SecurityException.class),
                Arguments.of(ErrorCode.UNSUPPORTED_OPERATION, UnsupportedOperationException.class));
    }

    @ParameterizedTest
    @MethodSource("jdkClasses")
    void jdkError_isThrownAsItself_toBlockingCallersToo(int code, Class<? extends RuntimeException> type) {
        member.on(MapPutCodec.REQUEST, (request, reply) -> reply.error(code, type.getName(), "jdk says"));
        assertThatThrownBy(() -> map.blocking().put("k", "v"))
                .isExactlyInstanceOf(type)
                .hasMessage("Map.put on map 'm': jdk says")
                .satisfies(thrown -> assertThat(thrown.getStackTrace())
                        .as("the caller's own frames")
                        .anyMatch(frame -> frame.getClassName().equals(MemberErrorsIT.class.getName())));
        assertThat(failureOfPut()).isExactlyInstanceOf(type).hasCauseInstanceOf(MemberErrorException.class);
    }

    private static Throwable failureOfPut() {
        return map.put("k", "v")
                .handle((value, failure) -> Objects.requireNonNull(failure))
                .join();
    }

    @Test
    void causes_areKeptInTheirOrder() {
        List<ErrorHolder> chain = IntStream.range(0, 5)
                .mapToObj(i -> Reply.errorHolder(ErrorCode.HAZELCAST, "some.Cause" + i, "message " + i))
                .toList();
        member.on(MapPutCodec.REQUEST, (request, reply) -> reply.error(chain));
        CompletionException failure = catchThrowableOfType(
                CompletionException.class, () -> map.put("k", "v").join());
        Throwable current = failure.getCause();
        for (int i = 0; i < 5; i++) {
            assertThat(current).isInstanceOf(MemberErrorException.class);
            MemberErrorException error = (MemberErrorException) Objects.requireNonNull(current);
            assertThat(error.memberClassName()).isEqualTo("some.Cause" + i);
            assertThat(error.memberMessage()).isEqualTo("message " + i);
            current = error.getCause();
        }
        assertThat(current).isNull();
    }

    @Test
    void emptyErrorList_isAnErrorAllTheSame() {
        member.on(MapPutCodec.REQUEST, (request, reply) -> reply.error(List.of()));
        assertThatThrownBy(() -> map.put("k", "v").join()).hasCauseInstanceOf(MemberErrorException.class);
    }

    /** Guards against bulk writes that fail as if nothing had been written. */
    @Test
    void errorInSomePartitions_bulkWrite_isIndeterminateAndCounts() {
        AtomicInteger asked = new AtomicInteger();
        member.on(io.filbert.internal.protocol.codec.MapPutAllCodec.REQUEST, (request, reply) -> {
            if (asked.incrementAndGet() > 3) {
                reply.error(ErrorCode.QUERY, "x.Query", "no more");
            } else {
                reply.send(io.filbert.internal.protocol.member.MapPutAllMemberCodec.encodeResponse());
            }
        });
        Map<String, String> entries = IntStream.range(0, 500).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));
        assertThatThrownBy(() -> map.blocking().putAll(entries))
                .isInstanceOf(IndeterminateOperationException.class)
                .hasMessageContaining("carried out in part")
                .hasMessageContaining("3 had their effect")
                .hasMessageContaining("no more");
    }

    @Test
    void errorInOnePartition_failsTheBulkCall_afterAllHaveAnswered() {
        member.on(io.filbert.internal.protocol.codec.MapGetAllCodec.REQUEST, (request, reply) -> {
            if (request.partitionId() % 2 == 0) {
                reply.error(ErrorCode.QUERY, "x.Query", "even");
            } else {
                reply.send(io.filbert.internal.protocol.member.MapGetAllMemberCodec.encodeResponse(List.of()));
            }
        });
        Set<String> keys = IntStream.range(0, 500).mapToObj(Integer::toString).collect(Collectors.toSet());
        assertThatThrownBy(() -> map.getAll(keys).join())
                .hasCauseInstanceOf(MemberErrorException.class)
                .hasMessageContaining("even");
        assertThat(Clients.callsInFlight(client)).isZero();
    }
}
