// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HazelcastExceptionTest {

    /** What is true of a call that failed; exactly one for each error. */
    enum Outcome {
        /** It had no effect, and may succeed when it is made again. */
        RETRYABLE,
        INDETERMINATE,
        CARRIED_OUT,
        /** It was refused or failed; making it again in the same way does not help. */
        FINAL
    }

    static Stream<Arguments> kinds() {
        Throwable cause = new IOException("broken pipe");
        return Stream.of(
                arguments(new ConnectionException("m", cause), Outcome.RETRYABLE),
                arguments(new ClientOfflineException("m", cause), Outcome.RETRYABLE),
                arguments(new OverloadException("m", cause), Outcome.RETRYABLE),
                arguments(new TargetDisconnectedException("m", cause), Outcome.INDETERMINATE),
                arguments(new IndeterminateOperationException("m", cause), Outcome.INDETERMINATE),
                arguments(new CallInterruptedException("m", cause, true), Outcome.INDETERMINATE),
                arguments(new CallInterruptedException("m", cause, false), Outcome.RETRYABLE),
                arguments(new OperationTimeoutException("m", cause, true), Outcome.INDETERMINATE),
                arguments(new OperationTimeoutException("m", cause, false), Outcome.RETRYABLE),
                arguments(new ClientClosedException("m", cause, true), Outcome.INDETERMINATE),
                arguments(new ClientClosedException("m", cause, false), Outcome.FINAL),
                arguments(new AuthenticationException("m", cause), Outcome.FINAL),
                arguments(new ClientNotAllowedException("m", cause), Outcome.FINAL),
                arguments(new SerializationException("m", cause), Outcome.FINAL),
                arguments(
                        SerializationException.ofResults("m", cause, List.of(new byte[] {1}), List.of()),
                        Outcome.CARRIED_OUT),
                arguments(new CpException("m", cause), Outcome.FINAL),
                arguments(new SqlException("m", cause), Outcome.FINAL),
                arguments(new TransactionException("m", cause), Outcome.FINAL),
                arguments(new ConfigurationException(List.of("m")), Outcome.FINAL),
                arguments(new MemberErrorException(39, "Moving", "m", List.of(), cause), Outcome.RETRYABLE),
                arguments(new MemberErrorException(33, "Left", "m", List.of(), cause), Outcome.INDETERMINATE),
                arguments(new MemberErrorException(92, "Stale", "m", List.of(), cause), Outcome.INDETERMINATE),
                arguments(new MemberErrorException(1234, "Own", "m", List.of(), cause), Outcome.FINAL));
    }

    static Stream<HazelcastException> memberErrors() {
        return Stream.of(MemberErrorCode.values())
                .map(code -> new MemberErrorException(code.code(), "a.B", "m", List.of(), null));
    }

    @Test
    void kinds_areAll() {
        assertThat(kinds().map(arguments -> arguments.get()[0].getClass().getSimpleName() + ".java"))
                .containsAll(Stream.of(Objects.requireNonNull(new File("src/main/java/io/filbert/error").list()))
                        .filter(file -> file.endsWith("Exception.java") && !file.equals("HazelcastException.java"))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void outcome_ofEachKind(HazelcastException error, Outcome outcome) {
        assertThat(outcomesOf(error)).containsExactly(outcome);
    }

    @ParameterizedTest
    @MethodSource("memberErrors")
    void outcome_ofEachMemberError_isOne(HazelcastException error) {
        assertThat(outcomesOf(error)).as("of %s", error).hasSize(1);
    }

    private static List<Outcome> outcomesOf(HazelcastException error) {
        List<Outcome> outcomes = new ArrayList<>();
        if (error.isRetryable()) {
            outcomes.add(Outcome.RETRYABLE);
        }
        if (error.isIndeterminate()) {
            outcomes.add(Outcome.INDETERMINATE);
        }
        if (error.wasCarriedOut()) {
            outcomes.add(Outcome.CARRIED_OUT);
        }
        return outcomes.isEmpty() ? List.of(Outcome.FINAL) : outcomes;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void copyForCaller_keepsKindContentAndCause_andShowsTheCallersStack(HazelcastException error, Outcome outcome)
            throws InterruptedException {
        HazelcastException[] copies = new HazelcastException[1];
        Thread caller = new Thread(() -> copies[0] = copyAsTheWaitingCaller(error));
        caller.start();
        caller.join();
        HazelcastException copy = copies[0];

        assertThat(copy).isNotSameAs(error).hasSameClassAs(error).hasMessage(error.getMessage());
        assertThat(copy.getCause()).isSameAs(error.getCause());
        assertThat(outcomesOf(copy)).containsExactly(outcome);
        assertThat(copy.getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .contains("copyAsTheWaitingCaller");
        assertThat(error.getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .doesNotContain("copyAsTheWaitingCaller");
    }

    private static HazelcastException copyAsTheWaitingCaller(HazelcastException error) {
        return error.copyForCaller();
    }

    @Test
    void targetDisconnected_isNoConnectionException_soThatCatchingOneMeansNothingHappened() {
        assertThat(new TargetDisconnectedException("m"))
                .isInstanceOf(IndeterminateOperationException.class)
                .isNotInstanceOf(ConnectionException.class);
    }
}
