// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void mayColour_terminal_isTrue() {
        assertThat(Terminal.mayColour(true, Map.of("TERM", "xterm"))).isTrue();
        assertThat(Terminal.mayColour(true, Map.of())).isTrue();
    }

    @Test
    void mayColour_pipe_isFalse() {
        assertThat(Terminal.mayColour(false, Map.of("TERM", "xterm"))).isFalse();
    }

    @Test
    void mayColour_noColor_isFalse() {
        assertThat(Terminal.mayColour(true, Map.of("NO_COLOR", "1"))).isFalse();
    }

    @Test
    void mayColour_noColorEmpty_isTrue() {
        assertThat(Terminal.mayColour(true, Map.of("NO_COLOR", ""))).isTrue();
    }

    @Test
    void mayColour_dumbTerminal_isFalse() {
        assertThat(Terminal.mayColour(true, Map.of("TERM", "dumb"))).isFalse();
    }
}
