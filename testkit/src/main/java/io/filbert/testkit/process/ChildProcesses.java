// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes this JVM started and has not ended yet; its shutdown hook kills them. Thread-safe. */
public final class ChildProcesses {

    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroyForcibly), "testkit-child-processes"));
    }

    private ChildProcesses() {}

    /** Has the process killed when this JVM ends. */
    public static void add(Process process) {
        ALIVE.add(process);
    }

    /** Says that the process has ended. */
    public static void remove(Process process) {
        ALIVE.remove(process);
    }

    /** Sends a signal that {@link Process} has no method for, such as {@code STOP}. */
    public static void signal(Process process, String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + name + " " + process.pid() + " failed: " + output.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No kill command; processes can be suspended on POSIX systems only", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending SIG" + name, e);
        }
    }
}
