// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Writes what the demo shows, in one look: headings, steps and lists. Used by one thread. */
final class Screen {

    private static final String BOLD = "1";
    private static final String DIM = "2";
    private static final String GREEN = "32";
    private static final String CYAN = "36";

    /** Width of the left column of {@link #fact}. */
    private static final int LEFT = 42;

    private final Terminal terminal;
    private final PrintStream out;

    Screen(Terminal terminal) {
        this.terminal = terminal;
        this.out = terminal.out();
    }

    /** The first line of all. */
    void title(String text) {
        out.println(styled(BOLD, text));
    }

    /** The line above a group of lines, set off from what came before. */
    void heading(String text) {
        out.println();
        out.println(styled(BOLD + ";" + CYAN, text));
    }

    /** One line of text. */
    void line(String text) {
        out.println("  " + text);
    }

    /** One line of a list. */
    void item(String text) {
        out.println("    " + text);
    }

    /** A remark of less weight. */
    void note(String text) {
        out.println("  " + styled(DIM, text));
    }

    /** Something that was done, with what came of it. */
    void fact(String what, String result) {
        String padding = " ".repeat(Math.max(1, LEFT - what.length()));
        out.println("  " + what + padding + styled(GREEN, result));
    }

    /** The end of everything, when it went well. */
    void done(String text) {
        out.println();
        out.println(styled(BOLD + ";" + GREEN, (terminal.unicode() ? "\u2713 " : "") + text));
    }

    /** A time as people read it: 85 us, 12.3 ms, 1.2 s. */
    String time(Duration time) {
        long nanos = time.toNanos();
        if (nanos < 1_000_000) {
            return nanos / 1_000 + (terminal.unicode() ? " \u00b5s" : " us");
        }
        if (nanos < 1_000_000_000) {
            return nanos / 1_000_000 + " ms";
        }
        return String.format(Locale.ENGLISH, "%.1f s", nanos / 1e9);
    }

    /** A number with commas between the thousands. */
    static String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    private String styled(String style, String text) {
        return terminal.coloured() ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
    }
}
