// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.testkit.faults.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultOptionsTest {

    @Test
    void parse_nothing_isEverything() {
        FaultOptions options = FaultOptions.parse("--faults");
        assertThat(options.faults()).containsExactly(Fault.values());
        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.quick()).isFalse();
        assertThat(options.from()).isNull();
    }

    @Test
    void parse_everything_isTaken() {
        FaultOptions options = FaultOptions.parse(
                "--faults", "--quick", "--rows", "cut,name-moved", "--rounds", "2", "--out", "docs", "--from", "a.tsv");
        assertThat(options.faults()).containsExactly(Fault.CUT, Fault.NAME_MOVED);
        assertThat(options.rounds()).isEqualTo(2);
        assertThat(options.quick()).isTrue();
        assertThat(options.out()).isEqualTo(Path.of("docs"));
        assertThat(options.from()).isEqualTo(Path.of("a.tsv"));
        assertThat(FaultOptions.parse("--faults", "--quick").rounds()).isEqualTo(1);
        assertThat(FaultOptions.parse("--help", "--faults").help()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--rows cat, No fault 'cat'",
        "--rounds 0, --rounds wants a number from 1",
        "--rounds x, --rounds wants a number from 1",
        "--out, --out wants a value",
        "--micro, Unknown option beside --faults: --micro"
    })
    void parse_mistakes_areNamed(String arguments, String message) {
        assertThatThrownBy(() -> FaultOptions.parse(("--faults " + arguments).split(" ", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void help_namesEveryFault() {
        for (Fault fault : Fault.values()) {
            assertThat(FaultOptions.HELP).contains(fault.id());
        }
    }

    @Test
    void isMeantBy_onlyItsFlag() {
        assertThat(FaultBenchmark.isMeantBy("--quick", "--faults")).isTrue();
        assertThat(FaultBenchmark.isMeantBy("--quick")).isFalse();
    }
}
