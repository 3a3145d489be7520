// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.faults;

import io.filbert.testkit.faults.Fault;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which faults, and how often.
 *
 * @param faults in the order of the report
 * @param rounds how often each client meets each fault
 * @param quick whether faults last as short as in the build
 * @param out directory for the report
 * @param from a file of results to report again instead of measuring
 */
record FaultOptions(
        List<Fault> faults,
        int rounds,
        boolean quick,
        Path out,
        @Nullable Path from,
        boolean help) {

    static final String HELP =
            """
            Lets Filbert and the official client meet the same faults, taking turns.

              --faults            selects this part
              --rows a,b,...      only these faults: %s
              --rounds n          how often each client meets each fault (3): about 14 minutes for each round
              --quick             one round of shorter faults: about 8 minutes
              --out dir           where reliability.md and reliability-results.tsv go (benchmark-results)
              --from file         measure nothing: write the report again from a results file
              --help              this text
            """.formatted(Arrays.stream(Fault.values()).map(Fault::id).collect(Collectors.joining(",")));

    private static final Set<String> FLAGS = Set.of("--faults", "--quick", "--help");
    private static final Set<String> VALUES = Set.of("--rows", "--rounds", "--out", "--from");

    FaultOptions {
        faults = List.copyOf(faults);
    }

    /** @throws IllegalArgumentException saying which argument cannot be understood */
    static FaultOptions parse(String... args) {
        boolean quick = false;
        boolean help = false;
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            if (FLAGS.contains(args[i])) {
                quick |= args[i].equals("--quick");
                help |= args[i].equals("--help");
            } else if (!VALUES.contains(args[i])) {
                throw new IllegalArgumentException("Unknown option beside --faults: " + args[i]);
            } else if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " wants a value");
            } else {
                values.put(args[i], args[++i]);
            }
        }
        String rows = values.get("--rows");
        String from = values.get("--from");
        return new FaultOptions(
                rows == null
                        ? List.of(Fault.values())
                        : Arrays.stream(rows.split(",", -1)).map(Fault::byId).toList(),
                rounds(values.get("--rounds"), quick ? 1 : 3),
                quick,
                Path.of(values.getOrDefault("--out", "benchmark-results")),
                from == null ? null : Path.of(from),
                help);
    }

    private static int rounds(@Nullable String text, int byDefault) {
        if (text == null) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("--rounds wants a number from 1, not '" + text + "'");
    }
}
