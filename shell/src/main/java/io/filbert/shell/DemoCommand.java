// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import io.filbert.config.ClientConfig;
import io.filbert.error.AuthenticationException;
import io.filbert.error.ClientNotAllowedException;
import io.filbert.error.ConfigurationException;
import io.filbert.error.ConnectionException;
import io.filbert.error.HazelcastException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code demo}: connects, or starts a member first, and shows the client at work. */
@Command(
        name = "demo",
        description = "Shows the client at work in a few seconds, on a member it starts itself or on your cluster."
                + " What it puts into a cluster it takes out again.",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All went well",
            "1:Something failed on the way",
            "2:The options cannot be used",
            "3:No member could be reached",
            "4:The cluster refused the client: another cluster name, or not allowed",
            "130:Stopped with Ctrl-C; cleaned up all the same"
        })
final class DemoCommand implements Callable<Integer> {

    /** How long the demo waits for a cluster; the client itself would wait for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Terminal terminal;

    @Option(
            names = "--members",
            split = ",",
            paramLabel = "host[:port]",
            description = "Members of your cluster. Default: start a member inside this process.")
    private List<String> members = List.of();

    @Option(names = "--cluster-name", paramLabel = "name", description = "Name of the cluster. Default: dev.")
    private String clusterName = "dev";

    @Option(names = "--no-color", description = "Plain text, as when the output is piped or NO_COLOR is set.")
    private boolean noColor;

    @Option(names = "--verbose", description = "Show the logs of client and member, and stack traces.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    @SuppressWarnings("UnusedVariable") // picocli prints the text when the option is given
    private boolean help;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!verbose) {
            Logs.silence();
        }
        Screen screen = new Screen(noColor ? terminal.plain() : terminal);
        try (Stage stage = new Stage()) {
            try {
                return show(screen, stage);
            } catch (RuntimeException e) {
                if (stage.isInterrupted()) {
                    return ExitCode.FAILED; // seen by nobody: the process is ending with the code of its signal
                }
                return explain(e);
            }
        }
    }

    private int show(Screen screen, Stage stage) {
        long begin = System.nanoTime();
        screen.title("Filbert demo");
        if (members.isEmpty()) {
            EmbeddedMember member = stage.startMember(clusterName, verbose);
            members = List.of(member.address());
            screen.fact("Started a Hazelcast " + member.version() + " member", screen.time(since(begin)));
        } else {
            screen.line("Connecting to " + String.join(", ", members) + " ...");
        }
        long connecting = System.nanoTime();
        stage.connect(config());
        screen.fact("Connected to cluster \"" + clusterName + "\"", screen.time(since(connecting)));

        new PersonnelShow(screen, stage).run();
        new ClusterShow(screen, stage).run();
        new MapShow(screen, stage).run();
        new CompactShow(screen, stage).run();
        new PaceShow(screen, stage).run();
        stage.close();
        screen.done("Done in " + screen.time(since(begin)) + ", and cleaned up.");
        return ExitCode.OK;
    }

    private ClientConfig config() {
        return ClientConfig.builder()
                .clusterMembers(members)
                .clusterName(clusterName)
                .clientName("filbert-demo")
                .connectionTimeout(Duration.ofSeconds(3))
                .clusterConnectTimeout(PATIENCE)
                .invocationTimeout(Duration.ofSeconds(10))
                .build();
    }

    private int explain(RuntimeException e) {
        if (verbose) {
            e.printStackTrace(terminal.err());
        }
        if (e instanceof ConfigurationException unusable) {
            String problems = String.join("; ", unusable.problems()).replace("clusterMembers", "--members");
            return fail(ExitCode.USAGE, problems + ".", "Run with --help to see all options.");
        }
        if (e instanceof AuthenticationException || e instanceof ClientNotAllowedException) {
            return fail(
                    ExitCode.REFUSED,
                    String.join(", ", members) + " answered, but refused this client as one of cluster \"" + clusterName
                            + "\".",
                    "Give the cluster's name with --cluster-name.");
        }
        if (e instanceof ConnectionException) {
            return fail(
                    ExitCode.UNREACHABLE,
                    "no member could be reached at " + String.join(", ", members) + " within " + PATIENCE.toSeconds()
                            + " seconds."
                            + (e.getCause() == null ? "" : " " + e.getCause().getMessage() + "."),
                    "Check that a member runs there, or leave --members out: the demo then starts one itself.");
        }
        String what = e instanceof HazelcastException ? String.valueOf(e.getMessage()) : e.toString();
        return fail(ExitCode.FAILED, what, "Run with --verbose to see more.");
    }

    private int fail(int code, String message, String remedy) {
        terminal.err().println("filbert demo: " + message);
        terminal.err().println(remedy);
        return code;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
