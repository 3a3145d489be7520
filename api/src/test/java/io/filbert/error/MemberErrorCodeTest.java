// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import static io.filbert.error.MemberErrorCode.RetryRule.ALWAYS;
import static io.filbert.error.MemberErrorCode.RetryRule.ALWAYS_UNLESS_BOUND;
import static io.filbert.error.MemberErrorCode.RetryRule.ALWAYS_UNLESS_MEMBER_TARGET;
import static io.filbert.error.MemberErrorCode.RetryRule.IF_IDEMPOTENT;
import static io.filbert.error.MemberErrorCode.RetryRule.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.error.MemberErrorCode.RetryRule;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberErrorCodeTest {

    @ParameterizedTest
    @EnumSource
    void of_itsOwnNumber_isTheConstant(MemberErrorCode constant) {
        assertThat(MemberErrorCode.of(constant.code())).isSameAs(constant);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101, 500, 507, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void of_unknownNumber_isUndefined(int code) {
        assertThat(MemberErrorCode.of(code)).isSameAs(MemberErrorCode.UNDEFINED);
    }

    /** Numbers spread over the table: a constant left out or swapped would shift them. */
    @ParameterizedTest
    @CsvSource({
        "0, UNDEFINED",
        "10, CLASS_CAST",
        "19, HAZELCAST_INSTANCE_NOT_ACTIVE",
        "23, ILLEGAL_ARGUMENT",
        "37, NULL_POINTER",
        "49, SECURITY",
        "52, TARGET_DISCONNECTED",
        "61, UNSUPPORTED_OPERATION",
        "72, OUT_OF_MEMORY_ERROR",
        "80, INDETERMINATE_OPERATION_STATE",
        "90, CANNOT_REPLICATE",
        "100, CP_LEADER_STEPPING_DOWN"
    })
    void of_knownNumber_isItsConstant(int code, MemberErrorCode expected) {
        assertThat(MemberErrorCode.of(code)).isSameAs(expected);
    }

    @Test
    void retryRules_areThoseOfTheProtocol() {
        assertThat(codesOf(ALWAYS)).containsExactly(8, 19, 39, 46, 62, 82, 90);
        assertThat(codesOf(ALWAYS_UNLESS_BOUND)).containsExactly(15, 22, 36, 47, 50, 60);
        assertThat(codesOf(ALWAYS_UNLESS_MEMBER_TARGET)).containsExactly(53);
        assertThat(codesOf(IF_IDEMPOTENT)).containsExactly(33, 52);
        assertThat(codesOf(NEVER)).hasSize(101 - 7 - 6 - 1 - 2);
    }

    private static Set<Integer> codesOf(RetryRule rule) {
        return Arrays.stream(MemberErrorCode.values())
                .filter(constant -> constant.retryRule() == rule)
                .map(MemberErrorCode::code)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
