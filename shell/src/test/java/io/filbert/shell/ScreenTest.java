// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void time_anyLength_isShortAndHasAUnit() {
        Screen screen = screen(UTF_8);

        assertThat(screen.time(Duration.ofNanos(85_900))).isEqualTo("85 \u00b5s");
        assertThat(screen.time(Duration.ofMillis(12))).isEqualTo("12 ms");
        assertThat(screen.time(Duration.ofMillis(1_240))).isEqualTo("1.2 s");
    }

    @Test
    void asciiTerminal_everything_isAscii() {
        Screen screen = screen(US_ASCII);

        screen.fact("one", screen.time(Duration.ofNanos(85_900)));
        screen.done("Done");

        assertThat(written.toString(US_ASCII))
                .containsPattern("one +85 us")
                .contains("Done")
                .doesNotContain("?");
    }

    @Test
    void fact_longText_keepsASpaceBeforeTheResult() {
        screen(UTF_8).fact("x".repeat(100), "result");

        assertThat(written.toString(UTF_8)).contains("x result");
    }

    @Test
    void count_thousands_haveCommas() {
        assertThat(Screen.count(1_234_567)).isEqualTo("1,234,567");
    }

    private Screen screen(Charset charset) {
        PrintStream out = new PrintStream(written, true, charset);
        return new Screen(new Terminal(out, out, false, charset));
    }
}
