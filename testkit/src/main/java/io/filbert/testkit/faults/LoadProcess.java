// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import io.filbert.testkit.process.ChildProcesses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The process in which one client works while things go wrong. It has the class path of this JVM. Not thread-safe.
 */
final class LoadProcess implements AutoCloseable {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(15);
    private static final int LOG_TAIL = 6_000;

    private final Process process;
    private final Path log;
    private final PrintStream questions;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private LoadProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::readAnswers, "testkit-load-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the process and returns when its client is connected. */
    static LoadProcess start(
            Class<? extends ClientUnderTest.Factory> factory,
            List<String> jvmOptions,
            Duration slack,
            ClientOptions options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), LoadMain.class.getName(), factory.getName()));
        command.add(slack.toString());
        command.addAll(options.toArguments());
        try {
            Path log = Files.createTempFile("filbert-load-", ".txt");
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            ChildProcesses.add(process);
            LoadProcess load = new LoadProcess(process, log);
            try {
                String first = load.nextAnswer(ANSWER_TIMEOUT);
                if (!LoadMain.READY.equals(first)) {
                    throw load.problem("did not connect but said: " + first);
                }
                return load;
            } catch (RuntimeException e) {
                load.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The load could not be started", e);
        }
    }

    private void readAnswers() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("@")) {
                    answers.add(line);
                }
            }
        } catch (IOException e) {
            // The process is gone, as who waits for its answers will notice.
        }
    }

    void begin() {
        String ignored = ask(LoadMain.BEGIN, ANSWER_TIMEOUT);
    }

    void healed() {
        String ignored = ask(LoadMain.HEALED, ANSWER_TIMEOUT);
    }

    /** Waits until all calls succeed, and messages and entries are heard of, for a while; returns whether that came to pass in time. */
    boolean awaitWell(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (deadline - System.nanoTime() > 0) {
            if (Boolean.parseBoolean(ask(LoadMain.WELL, ANSWER_TIMEOUT))) {
                return true;
            }
            goOn(Duration.ofMillis(100));
        }
        return false;
    }

    /** @see RecordedLoad#finish */
    FaultReport finish(Duration allowance, boolean dataSurvives) {
        return FaultReport.parse(ask(
                LoadMain.FINISH + " " + allowance + " " + dataSurvives,
                ANSWER_TIMEOUT.multipliedBy(3).plus(allowance)));
    }

    /** Lets the load go on for so long. */
    void goOn(Duration duration) {
        try {
            if (process.waitFor(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                throw problem("ended with exit code " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a load was running", e);
        }
    }

    /** Stops the process for so long (SIGSTOP). */
    void suspend(Duration duration) {
        ChildProcesses.signal(process, "STOP");
        try {
            goOn(duration);
        } finally {
            ChildProcesses.signal(process, "CONT");
        }
    }

    private String ask(String question, Duration timeout) {
        questions.println(question);
        String answer = nextAnswer(timeout);
        if (answer == null || !answer.startsWith(LoadMain.DONE)) {
            throw problem("answered \"" + question + "\" with: " + answer);
        }
        return answer.substring(LoadMain.DONE.length());
    }

    private @Nullable String nextAnswer(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (deadline - System.nanoTime() > 0) {
                String answer = answers.poll(100, TimeUnit.MILLISECONDS);
                if (answer != null) {
                    return answer;
                }
                if (!process.isAlive() && answers.isEmpty()) {
                    return null;
                }
            }
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the load", e);
        }
    }

    private IllegalStateException problem(String what) {
        return new IllegalStateException("The load's process " + what + "\nIts log ends with:\n" + logTail());
    }

    /** The end of what the client has logged. */
    String logTail() {
        try {
            String text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - LOG_TAIL));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    @Override
    public void close() {
        questions.close(); // The process ends with its input.
        try {
            if (!process.waitFor(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(log);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // A log left in the directory for temporary files does no harm.
        }
        ChildProcesses.remove(process);
    }
}
