// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what the clients log while it is open. Thread-safe. */
public final class LogLines extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger("io.filbert");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private LogLines() {
        setLevel(Level.INFO);
    }

    /** Begins to collect. */
    public static LogLines open() {
        LogLines lines = new LogLines();
        lines.logger.addHandler(lines);
        return lines;
    }

    @Override
    public void publish(LogRecord line) {
        if (isLoggable(line)) {
            lines.add(line.getLevel() + " " + line.getLoggerName() + " " + line.getMessage());
        }
    }

    /** What was logged so far, each line with its level and logger in front. */
    public List<String> all() {
        return List.copyOf(lines);
    }

    /** The lines of one client. */
    public List<String> of(String clientName) {
        return lines.stream().filter(line -> line.contains(clientName)).toList();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
