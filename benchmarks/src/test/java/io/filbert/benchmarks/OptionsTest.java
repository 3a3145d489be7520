// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.benchmarks.load.Workload;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void parse_nothing_meansEverything() {
        Options options = Options.parse();
        assertThat(options.rows())
                .hasSize(2 * 2 * 7)
                .contains(Workload.parse("get-100-blocking-1"), Workload.parse("set-10240-async-2048"));
        assertThat(options.rounds()).isEqualTo(5);
        assertThat(options.micro()).isTrue();
    }

    @Test
    void parse_quick_canBeRefined() {
        Options options = Options.parse(
                "--rows",
                "get-100-async-16,set-100-blocking-4",
                "--rounds",
                "2",
                "--round-millis",
                "70",
                "--out",
                "x",
                "--quick");
        assertThat(options.rows())
                .containsExactly(Workload.parse("get-100-async-16"), Workload.parse("set-100-blocking-4"));
        assertThat(options.rounds()).isEqualTo(2);
        assertThat(options.roundTime()).isEqualTo(Duration.ofMillis(70));
        assertThat(options.out()).isEqualTo(Path.of("x"));
        assertThat(options.micro()).isFalse();
        assertThat(options.footprintRuns()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "--rounds", "--rounds 0", "--rounds many", "--rows get-1", "rows"})
    void parse_nonsense_fails(String arguments) {
        assertThatThrownBy(() -> Options.parse(arguments.split(" ", -1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void help_namesEveryOption() {
        assertThat(Options.HELP)
                .contains(
                        "--quick",
                        "--rows",
                        "--rounds",
                        "--round-millis",
                        "--warmup-millis",
                        "--footprint-runs",
                        "--micro")
                .contains("--out", "--from", "--help");
    }
}
