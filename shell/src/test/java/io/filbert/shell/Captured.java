// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;

/** One run of the command line inside this process, and what came of it. */
record Captured(int exitCode, String out, String err, Duration took) {

    /** Runs the command line as if its output were piped. */
    static Captured piped(String... args) {
        return run(false, args);
    }

    /** Runs the command line as if its output were a colour terminal. */
    static Captured onTerminal(String... args) {
        return run(true, args);
    }

    private static Captured run(boolean coloured, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), coloured, UTF_8);
        long begin = System.nanoTime();
        int code = Main.run(terminal, args);
        return new Captured(
                code, out.toString(UTF_8), err.toString(UTF_8), Duration.ofNanos(System.nanoTime() - begin));
    }
}
