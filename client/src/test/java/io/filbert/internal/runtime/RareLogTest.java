// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RareLogTest {

    /** Its own, so that no other test writes to the same logger. */
    private static final class Source {}

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger(Source.class.getName());
    private final Handler collector = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + line.getMessage()
                    + (line.getThrown() == null ? "" : ": " + line.getThrown().getMessage()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private long now = Long.MAX_VALUE - 5; // a clock that overflows soon is as good as any
    private final RareLog log = new RareLog(new ClientLog("c", Source.class), () -> now);

    @BeforeEach
    void collect() {
        logger.addHandler(collector);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopCollecting() {
        logger.removeHandler(collector);
        logger.setUseParentHandlers(true);
    }

    private void pass(long nanos) {
        now += nanos;
    }

    @Test
    void sameSubject_withinThePause_isLoggedOnce() {
        log.warning("a", "failed 1");
        pass(RareLog.PAUSE.toNanos() - 1);
        log.warning("a", "failed 2");

        assertThat(lines).containsExactly("WARNING [c] failed 1");
    }

    @Test
    void sameSubject_afterThePause_saysHowOftenItWasLeftOut() {
        log.warning("a", "failed");
        log.warning("a", "failed");
        log.warning("a", "failed");
        pass(RareLog.PAUSE.toNanos());
        log.warning("a", "failed again");
        pass(RareLog.PAUSE.toNanos());
        log.info("a", "done");

        assertThat(lines)
                .containsExactly(
                        "WARNING [c] failed",
                        "WARNING [c] failed again (and 2 more times in the last 10 s)",
                        "INFO [c] done");
    }

    @Test
    void otherSubject_isLogged() {
        log.warning("a", "a failed");
        log.warning("b", "b failed");

        assertThat(lines).containsExactly("WARNING [c] a failed", "WARNING [c] b failed");
    }

    @Test
    void manySubjects_theOldestAreForgotten() {
        for (int i = 0; i < 1_000; i++) {
            log.warning(i, "x");
        }
        lines.clear();

        log.warning(999, "x");
        log.warning(0, "x");

        assertThat(lines).hasSize(1);
    }

    @Test
    void errors_haveTheirCause_andAreToldOnceForEachKindOfCause() {
        log.error("a", "a failed", new IllegalStateException("1"));
        log.error("a", "a failed", new IllegalStateException("2"));
        log.error("a", "a failed", new IllegalArgumentException("3"));
        log.error("b", "b failed", new IllegalStateException("4"));
        pass(RareLog.PAUSE.toNanos());
        log.error("a", "a failed", new IllegalStateException("5"));

        assertThat(lines)
                .containsExactly(
                        "SEVERE [c] a failed: 1",
                        "SEVERE [c] a failed: 3",
                        "SEVERE [c] b failed: 4",
                        "SEVERE [c] a failed (and 1 more times in the last 10 s): 5");
    }
}
