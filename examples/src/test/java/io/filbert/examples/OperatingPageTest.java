// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.cluster.LifecycleState;
import io.filbert.testkit.ScriptedMember;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogManager;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/operating.md} quotes lines that the client really writes, and a logging configuration that works. */
class OperatingPageTest {

    private static final Path PAGE = Path.of("..", "docs", "operating.md");
    private static final Path LOGGING = Path.of("src", "main", "resources", "logging.properties");
    private static final String FAILURES = "## What each failure looks like";
    private static final int LOG_COLUMN = 2;
    private static final Pattern QUOTE = Pattern.compile("`([^`]+)`");

    /** The fragments between the values that are put in. */
    private static final Pattern VALUES = Pattern.compile("…");

    private static final Pattern JOINED_LITERALS = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern CONNECTION = Pattern.compile("\"\\s*\\+ connection\\b");
    private static final Pattern AT_THE_EDGES = Pattern.compile("^[\\s:;,']+|[\\s:;,']+$");

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    @Test
    void failures_quotedLogLines_areWrittenByTheClient() throws IOException {
        String sources = sources();
        String page = page();
        List<String> quotes = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        page.substring(page.indexOf(FAILURES))
                .lines()
                .filter(line -> line.startsWith("|"))
                .forEach(row -> {
                    for (MatchResult quote : QUOTE.matcher(row.split("\\|", -1)[LOG_COLUMN])
                            .results()
                            .toList()) {
                        quotes.add(quote.group(1));
                        if (!fragments(quote.group(1)).allMatch(sources::contains)) {
                            unknown.add(quote.group(1));
                        }
                    }
                });

        assertThat(unknown).as("lines that no source of the client writes").isEmpty();
        assertThat(quotes).as("lines found on the page").hasSizeGreaterThan(20);
    }

    private static Stream<String> fragments(String quote) {
        String withoutStates = quote;
        for (LifecycleState state : LifecycleState.values()) {
            withoutStates = withoutStates.replaceAll("\\b" + state + "\\b", "…");
        }
        return VALUES.splitAsStream(withoutStates)
                .map(fragment -> AT_THE_EDGES.matcher(fragment).replaceAll(""))
                .filter(fragment -> !fragment.isEmpty());
    }

    /** All of them, with texts in one piece where they are not, and "Connection" for connections, as these call themselves. */
    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String module : List.of("client", "protocol")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    all.append(Files.readString(file));
                }
            }
        }
        String joined = JOINED_LITERALS.matcher(all).replaceAll("");
        return CONNECTION.matcher(joined).replaceAll("Connection \"");
    }

    @Test
    void logging_properties_areTheFile() throws IOException {
        String block = page().lines()
                .dropWhile(line -> !line.equals("```properties"))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .collect(Collectors.joining("\n", "", "\n"));

        assertThat(block).isEqualTo(Files.readString(LOGGING));
    }

    @Test
    void logging_properties_haveTheClientWriteItsLines() throws IOException {
        PrintStream console = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try (ScriptedMember member = ScriptedMember.start();
                InputStream properties = Files.newInputStream(LOGGING)) {
            LogManager.getLogManager().readConfiguration(properties);
            HazelcastClient.connect(
                            config -> config.clusterMembers(member.address()).clientName("logged"))
                    .close();
        } finally {
            System.setErr(console);
            LogManager.getLogManager().readConfiguration();
        }

        // Clients of other tests may still be ending.
        String linesOfTheClient = written.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("[logged]"))
                .collect(Collectors.joining("\n"));
        assertThat(states(linesOfTheClient))
                .as("states in the sample of the page")
                .isEqualTo(states(page()));
        assertThat(written.toString(StandardCharsets.UTF_8))
                .containsPattern(
                        "(?m)^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO"
                                + " io\\.filbert\\.internal\\.cluster\\.Lifecycle - \\[logged] HazelcastClient \\S+ is CONNECTED$")
                .containsPattern(
                        "INFO io\\.filbert\\.internal\\.cluster\\.Lifecycle - \\[logged] HazelcastClient \\S+ is SHUTDOWN")
                .contains("INFO io.filbert.internal.cluster.MemberList - [logged]");
    }

    /** The states of the client in the lines of a log, in their order. */
    private static List<String> states(String log) {
        return Pattern.compile("(?m)^\\d{4}-.* INFO .*] HazelcastClient \\S+ is (\\w+)$")
                .matcher(log)
                .results()
                .map(result -> result.group(1))
                .toList();
    }
}
