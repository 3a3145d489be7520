// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberErrorExceptionTest {

    private static final StackTraceElement MEMBER_FRAME =
            new StackTraceElement("com.example.MapService", "put", "MapService.java", 42);

    @Test
    void unknownCode_isKept() {
        var error = new MemberErrorException(1234, "com.example.OwnException", "no", List.of(), null);

        assertThat(error.code()).isEqualTo(1234);
        assertThat(error.errorCode()).isEqualTo(MemberErrorCode.UNDEFINED);
        assertThat(error.memberClassName()).isEqualTo("com.example.OwnException");
        assertThat(error.memberMessage()).isEqualTo("no");
        assertThat(error).hasMessage("com.example.OwnException: no (member error code 1234)");
    }

    @Test
    void absentMessage_staysAbsent() {
        var error = new MemberErrorException(40, "QueryException", null, List.of(), null);

        assertThat(error.memberMessage()).isNull();
        assertThat(error).hasMessage("QueryException (member error code 40)");
    }

    @Test
    void stackTrace_showsTheMembersFramesAboveTheClients() {
        var error = new MemberErrorException(40, "QueryException", "no", List.of(MEMBER_FRAME), null);

        assertThat(error.getStackTrace()[0]).isEqualTo(MEMBER_FRAME);
        assertThat(error.getStackTrace()[1].getClassName()).isEqualTo(MemberErrorExceptionTest.class.getName());
    }

    @Test
    void causes_areKept() {
        var root = new MemberErrorException(35, "java.util.NoSuchElementException", "deep", List.of(), null);
        var error = new MemberErrorException(40, "QueryException", "no", List.of(MEMBER_FRAME), root);

        assertThat(error).hasCause(root);
        assertThat(error.copyForCaller()).hasCause(root);
    }

    @Test
    void copyForCaller_keepsTheMembersAnswer() {
        var copy = new MemberErrorException(40, "QueryException", "no", List.of(MEMBER_FRAME), null).copyForCaller();

        assertThat(copy.code()).isEqualTo(40);
        assertThat(copy.memberClassName()).isEqualTo("QueryException");
        assertThat(copy.memberMessage()).isEqualTo("no");
        assertThat(copy).hasNoCause();
        assertThat(copy.getStackTrace()).doesNotContain(MEMBER_FRAME);
    }

    @ParameterizedTest
    @CsvSource({
        "8, true",
        "22, true",
        "53, true",
        "33, false",
        "52, false",
        "92, false",
        "40, false",
        "0, false",
        "77777, false",
        "-1, false"
    })
    void isRetryable_followsTheCode(int code, boolean retryable) {
        assertThat(new MemberErrorException(code, "X", null, List.of(), null).isRetryable())
                .isEqualTo(retryable);
    }

    @ParameterizedTest
    @CsvSource({
        "52, true",
        "80, true",
        "38, true",
        "33, true",
        "92, true",
        "79, true",
        "30, true",
        "54, true",
        "8, false",
        "91, false",
        "93, false",
        "40, false",
        "1234, false"
    })
    void isIndeterminate_followsTheCode(int code, boolean indeterminate) {
        assertThat(new MemberErrorException(code, "X", null, List.of(), null).isIndeterminate())
                .isEqualTo(indeterminate);
    }
}
