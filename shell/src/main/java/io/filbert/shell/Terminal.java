// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where output goes and what may be shown there. Colours are for people: they are off when the output is piped, when
 * {@code NO_COLOR} is set (see no-color.org), and on a terminal that calls itself dumb.
 *
 * @param out takes results
 * @param err takes errors
 * @param coloured whether colours may be used
 * @param charset how characters become bytes
 */
record Terminal(PrintStream out, PrintStream err, boolean coloured, Charset charset) {

    /** Set by the script that starts the process: Java cannot tell reliably whether its output is a terminal. */
    static final String TERMINAL_PROPERTY = "filbert.terminal";

    /** The terminal, or pipe, of this process. */
    static Terminal ofProcess() {
        Charset charset = outputCharset();
        return new Terminal(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
                mayColour(Boolean.getBoolean(TERMINAL_PROPERTY), System.getenv()),
                charset);
    }

    /** Whether colours may be used on an output with this environment. */
    static boolean mayColour(boolean isTerminal, Map<String, String> environment) {
        return isTerminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    /** The same terminal without colours. */
    Terminal plain() {
        return new Terminal(out, err, false, charset);
    }

    /** Whether characters beyond ASCII arrive as they are. */
    boolean unicode() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    private static Charset outputCharset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "US-ASCII"));
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.US_ASCII;
    }
}
