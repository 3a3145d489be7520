// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A structure or client with a line break in its name could forge lines of the log. */
class PrintableTest {

    /** Its own, so that no other test writes to the same logger. */
    private static final class Source {}

    @Test
    void escaped_ordinaryText_isTheTextItself() {
        String text = "map 'Käufe 2024' 👍 <b>";

        assertThat(Printable.escaped(text)).isSameAs(text);
    }

    @Test
    void escaped_whatBreaksOrTurnsTheLine_isVisible() {
        String direction = Character.toString(0x202e);
        String paragraph = Character.toString(0x2029);

        assertThat(Printable.escaped("a\r\nb\tc\u0000\u001b[31m\u0085" + direction + paragraph))
                .isEqualTo("a\\r\\nb\\tc\\u0000\\u001b[31m\\u0085\\u202e\\u2029");
    }

    @Test
    void quoted_isEscapedInQuotes() {
        assertThat(Printable.quoted("m\nERROR all is lost")).isEqualTo("'m\\nERROR all is lost'");
    }

    @Test
    void logLine_withLineBreaksInNameAndMessage_isOneLine() {
        ClientLog log = new ClientLog("c\nd", Source.class);
        List<String> lines = LogLines.of(Source.class, () -> log.warning("a\nb"));

        assertThat(lines).containsExactly("[c\\nd] a\\nb");
    }

    @Test
    void logLines_itemsAreEscaped_eachOnItsLine() {
        ClientLog log = new ClientLog("c", Source.class);
        List<String> lines = LogLines.of(Source.class, () -> log.infoLines("Members {", List.of("a\nb", "d"), "}"));

        assertThat(lines).containsExactly("[c] Members {\n\ta\\nb\n\td\n}");
    }
}
