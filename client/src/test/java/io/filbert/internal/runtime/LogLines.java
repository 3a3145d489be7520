// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what one class logs. */
public final class LogLines {

    private LogLines() {}

    /** The messages that were logged for the class while the action ran. */
    public static List<String> of(Class<?> source, Runnable action) {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler collector = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(source.getName());
        logger.addHandler(collector);
        try {
            action.run();
        } finally {
            logger.removeHandler(collector);
        }
        return List.copyOf(lines);
    }
}
