// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes this JVM started and has not ended yet; its shutdown hook kills them. Thread-safe. */
public final class ChildProcesses {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

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

    /** Sends a signal that {@link Process} has no method for, such as {@code STOP}, after which the process stands still on return. */
    public static void signal(Process process, String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + name + " " + process.pid() + " failed: " + output.strip());
            }
            if (name.equals("STOP")) {
                awaitStopped(process);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No kill command; processes can be suspended on POSIX systems only", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending SIG" + name, e);
        }
    }

    /** A thread that runs on another processor goes on for a moment. Looked up where the system tells. */
    private static void awaitStopped(Process process) throws InterruptedException {
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Files.isDirectory(threads) && !allStopped(threads) && deadline - System.nanoTime() > 0) {
            Thread.sleep(1);
        }
    }

    private static boolean allStopped(Path threads) {
        try (DirectoryStream<Path> each = Files.newDirectoryStream(threads)) {
            for (Path thread : each) {
                // The state is the field behind the name, which may hold anything but ends with the last parenthesis.
                String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
                if (stat.charAt(stat.lastIndexOf(')') + 2) != 'T') {
                    return false;
                }
            }
            return true;
        } catch (IOException | DirectoryIteratorException e) {
            return false; // A thread, or the process, has ended just now.
        }
    }
}
