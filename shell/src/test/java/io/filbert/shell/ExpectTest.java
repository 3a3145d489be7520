// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExpectTest {

    @Test
    void that_expectedAnswer_passes() {
        assertThatCode(() -> Expect.that("get", null, null)).doesNotThrowAnyException();
        assertThatCode(() -> Expect.that("get", "IT", "IT")).doesNotThrowAnyException();
    }

    @Test
    void that_anotherAnswer_saysWhich() {
        assertThatThrownBy(() -> Expect.that("get", "Sales", "IT"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("get answered Sales where IT was expected");
    }
}
