// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.flightrecorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlowerThanTest {

    private final SlowerThan setting = new SlowerThan();

    @AfterEach
    void restore() {
        setting.setValue("100 ms");
    }

    @ParameterizedTest
    @CsvSource({
        "0 ns, 0",
        "7 ns, 7",
        "3 us, 3000",
        "20 ms, 20000000",
        "20ms, 20000000",
        "2 s, 2000000000",
        "10 m, 600000000000",
        "soon, 100000000",
        "-5 ms, 100000000",
        "5, 100000000",
        "5 years, 100000000"
    })
    void setValue_setsTheTime_orTheDefaultIfItMakesNoSense(String text, long nanos) {
        setting.setValue(text);

        assertThat(SlowerThan.shortestNanos()).isEqualTo(nanos);
        assertThat(setting.getValue()).isEqualTo(text);
        assertThat(setting.isReachedBy(nanos)).isTrue();
        assertThat(setting.isReachedBy(nanos - 1)).isFalse();
    }

    @Test
    void combine_takesTheShortest_alsoWhenTheRecorderForgetsIt() {
        assertThat(setting.combine(Set.of("1 s", "20 ms", "5 m"))).isEqualTo("20 ms");

        setting.setValue(null);

        assertThat(SlowerThan.shortestNanos()).isEqualTo(20_000_000);
        assertThat(setting.getValue()).isEqualTo("20 ms");
    }
}
