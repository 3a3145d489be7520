// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks;

import io.filbert.benchmarks.contender.Contenders;
import io.filbert.benchmarks.load.Contender;
import io.filbert.benchmarks.load.Dataset;
import io.filbert.benchmarks.load.Load;
import io.filbert.benchmarks.load.Measurement;
import io.filbert.benchmarks.load.Workload;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a contender's JVM. Reads rounds from standard input, one line each, runs them, and answers with one line each;
 * ends with its input. Single-threaded.
 */
public final class Worker {

    static final String READY = "@ready";
    static final String RESULT = "@result ";
    static final String FAILED = "@failed ";

    private final Contender contender;
    private @Nullable Dataset dataset;

    private Worker(Contender contender) {
        this.contender = contender;
    }

    /** @param args the contender's id and the member's address */
    @SuppressWarnings("SystemOut") // standard output carries the answers
    public static void main(String[] args) throws Exception {
        try (PrintStream answers =
                        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
                BufferedReader rounds = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            // Whatever a client prints must not be taken for an answer.
            System.setOut(System.err);
            try (Contender contender = Contenders.byId(args[0]).connect(args[1])) {
                answers.println(READY);
                new Worker(contender).serve(rounds, answers);
            }
        }
    }

    private void serve(BufferedReader rounds, PrintStream answers) throws IOException {
        String line;
        while ((line = rounds.readLine()) != null) {
            try {
                answers.println(RESULT + run(line.split(" ", -1)).format());
            } catch (RuntimeException | InterruptedException e) {
                e.printStackTrace();
                answers.println(FAILED + e);
            }
        }
    }

    static boolean isAnswer(String line) {
        return line.startsWith("@");
    }

    /** The line to send for a round. */
    static String round(Workload workload, Duration time, long mostOperations) {
        return workload.id() + " " + time.toMillis() + " " + mostOperations;
    }

    private Measurement run(String[] round) throws InterruptedException {
        Workload workload = Workload.parse(round[0]);
        Dataset current = dataset;
        if (current == null || current.value().length != workload.valueBytes()) {
            current = new Dataset(workload.valueBytes());
            contender.use(current);
            dataset = current;
        }
        return new Load(contender, current, workload)
                .run(Duration.ofMillis(Long.parseLong(round[1])), Long.parseLong(round[2]));
    }
}
