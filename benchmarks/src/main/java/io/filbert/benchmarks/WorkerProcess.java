// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks;

import io.filbert.benchmarks.contender.Contenders;
import io.filbert.benchmarks.load.Measurement;
import io.filbert.benchmarks.load.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The JVM of one contender. Each has its own, so that processor time and allocation are its own beyond doubt and the compiler
 * sees one client only; all have the same options. They live through the whole run and rest while it is another one's turn.
 * Not thread-safe.
 */
final class WorkerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Contenders contender;
    private final Process process;
    private final Path log;
    private final PrintStream rounds;
    private final BufferedReader answers;

    private WorkerProcess(Contenders contender, Process process, Path log) {
        this.contender = contender;
        this.process = process;
        this.log = log;
        rounds = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts the JVM and returns when the contender is connected. */
    static WorkerProcess start(Contenders contender, String address, List<String> jvmOptions) throws IOException {
        Path log = Files.createTempFile("filbert-benchmark-" + contender.id() + "-", ".log");
        List<String> command = new ArrayList<>(JavaCommand.with(jvmOptions));
        command.addAll(contender.jvmOptions());
        command.addAll(List.of(Worker.class.getName(), contender.id(), address));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        WorkerProcess worker = new WorkerProcess(contender, process, log);
        try {
            String first = worker.answer(PATIENCE);
            if (!Worker.READY.equals(first)) {
                throw new IOException(worker.problem("did not start but said: " + first));
            }
            return worker;
        } catch (IOException | RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    Contenders contender() {
        return contender;
    }

    /** Lets the contender run; returns when the round is over. */
    Measurement run(Workload workload, Duration time, long mostOperations) throws IOException {
        rounds.println(Worker.round(workload, time, mostOperations));
        String answer = answer(time.plus(PATIENCE));
        if (answer == null || !answer.startsWith(Worker.RESULT)) {
            throw new IOException(problem("answered the round " + workload + " with: " + answer));
        }
        return Measurement.parse(answer.substring(Worker.RESULT.length()));
    }

    private @Nullable String answer(Duration patience) throws IOException {
        CompletableFuture<@Nullable String> line = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try {
                        line.complete(nextAnswer());
                    } catch (IOException e) {
                        line.completeExceptionally(e);
                    }
                },
                "answers-of-" + contender.id());
        reader.setDaemon(true);
        reader.start();
        try {
            return line.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(problem("gave no answer within " + patience.toSeconds() + " s"), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + contender.id() + " was running", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IOException(problem("is not to be heard"), e);
        }
    }

    /** Skips what the JVM itself prints to standard output. */
    private @Nullable String nextAnswer() throws IOException {
        String line;
        while ((line = answers.readLine()) != null && !Worker.isAnswer(line)) {
            Files.writeString(log, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        return line;
    }

    private String problem(String what) throws IOException {
        return "The JVM of contender " + contender.id() + " " + what + "\nIts log:\n" + Files.readString(log);
    }

    @Override
    public void close() {
        rounds.close(); // The worker ends with its input.
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(log);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // A log left in the directory for temporary files does no harm.
        }
    }
}
