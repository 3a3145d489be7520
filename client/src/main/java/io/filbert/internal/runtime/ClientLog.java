// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Log lines of one client: each begins with the client's name in brackets. Control characters are escaped, so that a name that somebody chose
 * cannot forge a line. Thread-safe.
 */
public final class ClientLog {

    private final Logger logger;
    private final String prefix;

    public ClientLog(String clientName, Class<?> source) {
        this.logger = System.getLogger(source.getName());
        this.prefix = "[" + Printable.escaped(clientName) + "] ";
    }

    private ClientLog(Logger logger, String prefix) {
        this.logger = logger;
        this.prefix = prefix;
    }

    /** The log of the same client for another class. */
    public ClientLog forClass(Class<?> source) {
        return new ClientLog(System.getLogger(source.getName()), prefix);
    }

    /** A change of state that operators want to know. */
    public void info(String message) {
        log(Level.INFO, message, null);
    }

    /** As {@link #info}, for a list that is easier to read with a line for each item. */
    public void infoLines(String head, List<String> items, String end) {
        StringBuilder text = new StringBuilder(head);
        items.forEach(item -> text.append("\n\t").append(Printable.escaped(item)));
        write(Level.INFO, text.append('\n').append(end).toString(), null);
    }

    /** Something an operator should act on. */
    public void warning(String message) {
        log(Level.WARNING, message, null);
    }

    public void warning(String message, Throwable cause) {
        log(Level.WARNING, message, cause);
    }

    /** Something that should not have happened. */
    public void error(String message, Throwable cause) {
        log(Level.ERROR, message, cause);
    }

    public void debug(Supplier<String> message) {
        if (logger.isLoggable(Level.DEBUG)) {
            log(Level.DEBUG, message.get(), null);
        }
    }

    private void log(Level level, String message, @Nullable Throwable cause) {
        write(level, Printable.escaped(message), cause);
    }

    private void write(Level level, String message, @Nullable Throwable cause) {
        if (cause == null) {
            logger.log(level, prefix + message);
        } else {
            logger.log(level, prefix + message, cause);
        }
    }
}
