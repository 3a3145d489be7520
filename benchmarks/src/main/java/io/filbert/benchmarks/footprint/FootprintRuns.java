// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.footprint;

import com.hazelcast.core.HazelcastInstance;
import io.filbert.HazelcastClient;
import io.filbert.benchmarks.JavaCommand;
import io.filbert.benchmarks.contender.Contenders;
import io.filbert.benchmarks.report.Footprint;
import io.filbert.benchmarks.report.Results;
import io.filbert.config.ClientConfig;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Starts probes, the two clients in turns, and reads what they say. */
public final class FootprintRuns {

    private static final String MAP = "footprint";
    private static final String KEY = "key";

    private static final List<Class<?>> FILBERT_CLASSES = List.of(
            HazelcastClient.class, ClientConfig.class, Data.class, SerializationService.class, NullMarked.class);

    private static final List<Class<?>> OFFICIAL_CLASSES = List.of(HazelcastInstance.class);

    private final String address;

    /** @param address of the member the probes connect to */
    public FootprintRuns(String address) {
        this.address = address;
    }

    /** Times, threads, classes and jars; each client gets this many JVMs for each of the first two and of the third. */
    public void addTo(Results results, int runs) throws IOException, InterruptedException {
        try (HazelcastClient client = HazelcastClient.connect(config -> config.clusterMembers(address))) {
            client.<String, byte[]>getMap(MAP).blocking().set(KEY, new byte[100]);
        }
        for (int i = 0; i < runs; i++) {
            results.addFootprint(Contenders.FILBERT, run(Contenders.FILBERT, FILBERT_CLASSES));
            results.addFootprint(Contenders.OFFICIAL_UNTUNED, run(Contenders.OFFICIAL_UNTUNED, OFFICIAL_CLASSES));
        }
        addJars(results, Contenders.FILBERT, FILBERT_CLASSES);
        addJars(results, Contenders.OFFICIAL_UNTUNED, OFFICIAL_CLASSES);
    }

    private Footprint run(Contenders contender, List<Class<?>> classes) throws IOException, InterruptedException {
        Map<String, String> timed = probe(contender, classes, List.of());
        Path log = Files.createTempFile("filbert-classes-", ".log");
        try {
            // Apart from the timed run, because writing the log takes time, and more the more classes there are.
            probe(contender, classes, List.of("-Xlog:class+load:file=" + log));
            return new Footprint(
                    Long.parseLong(field(timed, "connect")),
                    Long.parseLong(field(timed, "first")),
                    Math.toIntExact(Stream.of(field(timed, "threads").split(",", -1))
                            .filter(name -> !name.isEmpty())
                            .count()),
                    countClasses(Files.readAllLines(log)));
        } finally {
            Files.delete(log);
        }
    }

    static int countClasses(List<String> log) {
        String end = FootprintProbe.class.getName() + "$EndOfWork ";
        int count = 0;
        for (String line : log) {
            if (line.contains(end)) {
                return count;
            }
            count += line.contains(" source: ") ? 1 : 0;
        }
        throw new IllegalStateException("The probe did not come to its end; lines of its log: " + log.size());
    }

    private Map<String, String> probe(Contenders contender, List<Class<?>> classes, List<String> options)
            throws IOException, InterruptedException {
        String classPath = Stream.concat(Stream.of(FootprintProbe.class), classes.stream())
                .map(FootprintRuns::location)
                .map(Path::toString)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = JavaCommand.with(options, classPath);
        command.addAll(List.of(FootprintProbe.class.getName(), contender.id(), address, MAP, KEY));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(
                        "The probe of " + contender.id() + " failed; run it again to see why: " + command);
            }
            return fields(output);
        } finally {
            process.destroyForcibly();
        }
    }

    static Map<String, String> fields(String output) {
        String answer = output.lines()
                .filter(line -> line.startsWith(FootprintProbe.ANSWER))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The probe said nothing but: " + output));
        Map<String, String> fields = new HashMap<>();
        for (String field : answer.substring(FootprintProbe.ANSWER.length()).split(" ", -1)) {
            int equals = field.indexOf('=');
            fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }

    private static Path location(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The jar of " + type + " cannot be found", e);
        }
    }

    /** Nothing if the classes are not in jars, as in a development environment. */
    private static void addJars(Results results, Contenders contender, List<Class<?>> classes) throws IOException {
        long bytes = 0;
        for (Class<?> type : classes) {
            Path jar = location(type);
            if (!Files.isRegularFile(jar)) {
                return;
            }
            bytes += Files.size(jar);
        }
        results.addJars(contender, bytes);
    }
}
