// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {

    @Test
    void parse_id_givesTheSameBack() {
        Workload workload = new Workload(Operation.SET, 10_240, true, 256);
        assertThat(workload.id()).isEqualTo("set-10240-async-256");
        assertThat(Workload.parse(workload.id())).isEqualTo(workload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "get-100-blocking", "get-100-sync-1", "put-100-async-1", "get-x-async-1", "get-0-async-1"})
    void parse_nonsense_fails(String id) {
        assertThatThrownBy(() -> Workload.parse(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void parse_measurement_givesTheSameBack() {
        Measurement measurement = new Measurement(1, 2, 3, -1, 5, 6, 7);
        assertThat(Measurement.parse(measurement.format())).isEqualTo(measurement);
        assertThat(measurement.bytesPerOperation()).isNaN();
    }
}
