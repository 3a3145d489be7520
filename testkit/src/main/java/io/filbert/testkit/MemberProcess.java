// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import io.filbert.testkit.process.ChildProcesses;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One process of a member, from launch to exit; a restarted member gets a new one. Thread-safe. */
final class MemberProcess {

    private static final int LOG_TAIL_BYTES = 16 * 1024;

    /**
     * What each release asks for in its log on a modular JVM. Members start without, but replace less of the JVM's
     * selectors, which shows in benchmarks.
     */
    private static final List<String> JVM_ACCESS = List.of(
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    private static final List<String> FAST_START =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private final Process process;
    private final Path logFile;
    private final OutputStream questions;
    private final BufferedReader answers;
    private final ReentrantLock asking = new ReentrantLock();
    private long lastQuestion;

    private MemberProcess(Process process, Path logFile) {
        this.process = process;
        this.logFile = logFile;
        questions = process.getOutputStream();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts the process and returns at once; {@link #awaitReady} waits for the member in it. */
    static MemberProcess launch(MemberSettings settings, Path directory, int port, List<Integer> clusterPorts) {
        Path log = directory.resolve("member.log");
        try {
            Path config = Files.writeString(directory.resolve("hazelcast.xml"), settings.toXml(port, clusterPorts));
            Process process = new ProcessBuilder(command(settings, directory, config))
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            ChildProcesses.add(process);
            return new MemberProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("A member process could not be launched in " + directory, e);
        }
    }

    private static List<String> command(MemberSettings settings, Path directory, Path config) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(settings.javaHome().resolve(Path.of("bin", "java")).toString());
        command.add("-Xmx" + settings.heap());
        command.addAll(JVM_ACCESS);
        if (settings.fastStart()) {
            command.addAll(FAST_START);
        }
        command.add("-Dhazelcast.config=" + config);
        command.add("-Dhazelcast.phone.home.enabled=false");
        command.add("-Dhazelcast.logging.type=jdk");
        // Without it members listen on all interfaces whatever the interfaces element says.
        command.add("-Dhazelcast.socket.bind.any=false");
        command.add("-Dhazelcast.wait.seconds.before.join=0");
        command.add("-Dhazelcast.shutdownhook.enabled=false");
        settings.systemProperties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(settings.jvmOptions());
        command.add("-cp");
        command.add(Stream.of(
                        Stream.of(mainClassIn(directory)),
                        Stream.of(MemberJars.find("hazelcast", settings.version())),
                        settings.modules().stream().map(module -> MemberJars.find(module, settings.version())),
                        settings.classPath().stream())
                .flatMap(paths -> paths)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
        command.add(MemberMain.class.getName());
        return command;
    }

    /** Copies the main class alone, so that the member sees no other class of the test. */
    private static Path mainClassIn(Path directory) throws IOException {
        Path classes = directory.resolve("classes");
        String name = MemberMain.class.getName().replace('.', '/') + ".class";
        Path target = classes.resolve(name);
        Files.createDirectories(target.getParent());
        try (InputStream bytes = MemberMain.class.getResourceAsStream("MemberMain.class")) {
            if (bytes == null) {
                throw new IOException("No " + name + " on the class path");
            }
            Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return classes;
    }

    /** Waits until the member has joined its cluster; returns its uuid. */
    UUID awaitReady(Duration timeout) {
        asking.lock();
        try {
            String uuid = awaitAnswer(0, timeout);
            if (uuid == null) {
                String what = process.isAlive()
                        ? "did not start within " + timeout.toMillis() + " ms"
                        : "ended with exit code " + process.exitValue() + " while starting";
                throw new IllegalStateException("The member " + what + ". Its log ends with:\n" + logTail());
            }
            return UUID.fromString(uuid);
        } finally {
            asking.unlock();
        }
    }

    /** The answer to one of the questions {@link MemberMain} knows. */
    String ask(String question, Duration timeout) {
        String answer = askIfAlive(question, timeout);
        if (answer == null) {
            throw new IllegalStateException("The member with pid " + process.pid()
                    + (process.isAlive() ? " did not answer \"" : " is gone and cannot answer \"") + question
                    + "\" within "
                    + timeout.toMillis() + " ms. Its log ends with:\n" + logTail());
        }
        return answer;
    }

    private @Nullable String askIfAlive(String question, Duration timeout) {
        asking.lock();
        try {
            long number = ++lastQuestion;
            questions.write((number + " " + question + "\n").getBytes(StandardCharsets.UTF_8));
            questions.flush();
            return awaitAnswer(number, timeout);
        } catch (IOException e) {
            return null; // The process is gone.
        } finally {
            asking.unlock();
        }
    }

    /** Skips late answers to questions that were given up. */
    private @Nullable String awaitAnswer(long number, Duration timeout) {
        String[] answer = new String[1];
        Deadline.after(timeout).poll(() -> {
            String prefix = number + " ";
            try {
                while (answer[0] == null && answers.ready()) {
                    String line = answers.readLine();
                    if (line != null && line.startsWith(prefix)) {
                        answer[0] = line.substring(prefix.length());
                    }
                }
            } catch (IOException e) {
                return true; // The pipe is gone with the process.
            }
            return answer[0] != null || !process.isAlive();
        });
        return answer[0];
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal that {@link Process} has no method for. */
    void signal(String name) {
        ChildProcesses.signal(process, name);
    }

    /** Kills the process, suspended or not, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(30));
    }

    void awaitExit(Duration timeout) {
        boolean interrupted = false;
        try {
            Deadline deadline = Deadline.after(timeout);
            while (true) {
                try {
                    long left = Math.max(1, deadline.nanoTime() - System.nanoTime());
                    if (!process.waitFor(left, TimeUnit.NANOSECONDS)) {
                        throw new IllegalStateException("The member with pid " + process.pid() + " did not end within "
                                + timeout.toMillis() + " ms. Its log ends with:\n" + logTail());
                    }
                    break;
                } catch (InterruptedException e) {
                    interrupted = true; // A killed process ends at once: finish the clean-up first.
                }
            }
            ChildProcesses.remove(process);
            closeStreams();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Tells the process that no more questions come, upon which it ends. */
    void endInput() {
        asking.lock();
        try {
            questions.close();
        } catch (IOException e) {
            // It has ended already.
        } finally {
            asking.unlock();
        }
    }

    private void closeStreams() {
        asking.lock();
        try (questions;
                answers) {
            // Their file descriptors would stay open until the collector finds them.
        } catch (IOException e) {
            // Closing flushes into a pipe nobody reads any more.
        } finally {
            asking.unlock();
        }
    }

    String logTail() {
        try (RandomAccessFile file = new RandomAccessFile(logFile.toFile(), "r")) {
            long start = Math.max(0, file.length() - LOG_TAIL_BYTES);
            byte[] tail = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }
}
