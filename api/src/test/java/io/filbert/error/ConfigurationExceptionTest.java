// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationExceptionTest {

    @Test
    void message_listsAllProblems() {
        var error = new ConfigurationException(List.of("a is 1", "b is 2"));

        assertThat(error).hasMessage("The client configuration has 2 problems:\n- a is 1\n- b is 2");
        assertThat(error.problems()).containsExactly("a is 1", "b is 2");
        assertThat(error.copyForCaller().problems()).containsExactly("a is 1", "b is 2");
    }

    @Test
    void message_ofOneProblem_isOneLine() {
        assertThat(new ConfigurationException(List.of("a is 1")))
                .hasMessage("The client configuration has a problem: a is 1");
    }

    @Test
    void problems_areCopied() {
        List<String> problems = new ArrayList<>(List.of("a is 1"));
        var error = new ConfigurationException(problems);

        problems.add("b is 2");

        assertThat(error.problems()).containsExactly("a is 1");
    }

    @Test
    void construct_withoutProblems_isRefused() {
        assertThatThrownBy(() -> new ConfigurationException(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
