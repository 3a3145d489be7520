// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HazelcastExceptionTest {

    /** Every kind, with what it must answer: retryable, indeterminate. */
    static Stream<Arguments> kinds() {
        Throwable cause = new IOException("broken pipe");
        return Stream.of(
                arguments(new ConnectionException("m", cause), true, false),
                arguments(new ClientOfflineException("m", cause), true, false),
                arguments(new OverloadException("m", cause), true, false),
                arguments(new TargetDisconnectedException("m", cause), false, true),
                arguments(new IndeterminateOperationException("m", cause), false, true),
                arguments(new CallInterruptedException("m", cause), false, true),
                arguments(new OperationTimeoutException("m", cause, true), false, true),
                arguments(new OperationTimeoutException("m", cause, false), false, false),
                arguments(new ClientClosedException("m", cause, true), false, true),
                arguments(new ClientClosedException("m", cause, false), false, false),
                arguments(new AuthenticationException("m", cause), false, false),
                arguments(new ClientNotAllowedException("m", cause), false, false),
                arguments(new SerializationException("m", cause), false, false),
                arguments(new CpException("m", cause), false, false),
                arguments(new SqlException("m", cause), false, false),
                arguments(new TransactionException("m", cause), false, false),
                arguments(new ConfigurationException(List.of("m")), false, false),
                arguments(new MemberErrorException(39, "Moving", "m", List.of(), cause), true, false),
                arguments(new MemberErrorException(1234, "Own", "m", List.of(), cause), false, false));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void answers_ofEachKind(HazelcastException error, boolean retryable, boolean indeterminate) {
        assertThat(error.isRetryable()).as("isRetryable of %s", error).isEqualTo(retryable);
        assertThat(error.isIndeterminate()).as("isIndeterminate of %s", error).isEqualTo(indeterminate);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void retryable_isNeverIndeterminate(HazelcastException error, boolean retryable, boolean indeterminate) {
        assertThat(error.isRetryable() && error.isIndeterminate())
                .as("%s promises both 'no effect' and 'effect unknown'", error)
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void copyForCaller_keepsKindAndContent_andShowsTheCallersStack(
            HazelcastException error, boolean retryable, boolean indeterminate) throws InterruptedException {
        HazelcastException[] copies = new HazelcastException[1];
        Thread caller = new Thread(() -> copies[0] = copyAsTheWaitingCaller(error));
        caller.start();
        caller.join();
        HazelcastException copy = copies[0];

        assertThat(copy).isNotSameAs(error).hasSameClassAs(error).hasMessage(error.getMessage());
        assertThat(copy.getCause()).isSameAs(error);
        assertThat(copy.isRetryable()).isEqualTo(retryable);
        assertThat(copy.isIndeterminate()).isEqualTo(indeterminate);
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
