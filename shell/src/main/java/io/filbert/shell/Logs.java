// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** The logs of client and member, which go through {@code java.util.logging} here. */
final class Logs {

    // Held because the log manager itself forgets loggers that nobody refers to, and their settings with them.
    private static final Logger ROOT = Logger.getLogger("");

    private Logs() {}

    /** Writes nothing. */
    static void silence() {
        LogManager.getLogManager().reset();
        ROOT.setLevel(Level.OFF);
    }
}
