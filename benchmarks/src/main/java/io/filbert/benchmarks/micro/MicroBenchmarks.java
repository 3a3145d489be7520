// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.micro;

import io.filbert.benchmarks.report.Micro;
import io.filbert.benchmarks.report.Results;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs all benchmarks of this package. */
public final class MicroBenchmarks {

    private MicroBenchmarks() {}

    /** @throws IllegalStateException if a benchmark failed */
    public static void addTo(Results results, PrintStream progress) {
        TimeValue half = TimeValue.milliseconds(500);
        List<RunResult> runs;
        try {
            runs = new ArrayList<>(new Runner(new OptionsBuilder()
                            .include("^" + MicroBenchmarks.class.getPackageName() + "\\..*")
                            .addProfiler(GCProfiler.class)
                            .forks(1)
                            .warmupIterations(3)
                            .warmupTime(half)
                            .measurementIterations(5)
                            .measurementTime(half)
                            .jvmArgsAppend("-Xms512m", "-Xmx512m")
                            .shouldFailOnError(true)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run());
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH failed: " + e.getMessage(), e);
        }
        // Pairs stand together, Filbert first.
        runs.sort(Comparator.comparing(run -> name(run.getParams())));
        for (RunResult run : runs) {
            Result<?> time = run.getPrimaryResult();
            Result<?> allocation = run.getSecondaryResults().get("gc.alloc.rate.norm");
            Micro micro = new Micro(
                    name(run.getParams()),
                    time.getScore(),
                    time.getScoreError(),
                    allocation == null ? Double.NaN : allocation.getScore());
            results.addMicro(micro);
            progress.printf("%-60s %8.1f ns%n", micro.name(), micro.nanos());
        }
    }

    /** Such as {@code Codec encodePut, valueBytes 100: filbert}. */
    private static String name(BenchmarkParams params) {
        String[] path = params.getBenchmark().split("\\.");
        String method = path[path.length - 1];
        String subject = path[path.length - 2].replace("Benchmark", "");
        String step = method.substring(0, method.indexOf('_'));
        String client = method.substring(method.indexOf('_') + 1);
        String arguments = params.getParamsKeys().stream()
                .map(key -> key + " " + params.getParam(key))
                .collect(Collectors.joining(", "));
        return subject + " " + step + (arguments.isEmpty() ? "" : ", " + arguments) + ": " + client;
    }
}
