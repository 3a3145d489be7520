// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FootprintRunsTest {

    private static final String END =
            "[0.4s][info][class,load] io.filbert.benchmarks.footprint.FootprintProbe$EndOfWork source: x";

    @Test
    void countClasses_stopsAtTheEndOfWork() {
        assertThat(FootprintRuns.countClasses(List.of(
                        "[0.1s][info][class,load] java.lang.Object source: shared objects file",
                        "[0.1s][info][class,load] opened: modules",
                        "[0.2s][info][class,load] io.filbert.HazelcastClient source: file:x",
                        END,
                        "[0.5s][info][class,load] java.lang.Late source: shared objects file")))
                .isEqualTo(2);
    }

    @Test
    void countClasses_noEnd_fails() {
        assertThatThrownBy(() -> FootprintRuns.countClasses(List.of("[0.1s] java.lang.Object source: x")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void fields_otherOutput_isSkipped() {
        assertThat(FootprintRuns.fields("a log line\n@footprint connect=1 threads=a,b\n"))
                .containsEntry("connect", "1")
                .containsEntry("threads", "a,b");
    }
}
