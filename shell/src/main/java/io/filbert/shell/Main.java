// SPDX-License-Identifier: Apache-2.0
package io.filbert.shell;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The entry of the command line. */
@Command(
        name = "filbert",
        description = "Filbert, a Java client for Hazelcast clusters",
        subcommands = DemoCommand.class,
        synopsisSubcommandLabel = "<command>")
public final class Main implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        // The texts are English, so numbers are too.
        Locale.setDefault(Locale.ENGLISH);
        Terminal terminal = Terminal.ofProcess();
        System.exit(run(terminal, args));
    }

    /** Runs one command and returns its exit code. */
    static int run(Terminal terminal, String... args) {
        CommandLine commandLine = new CommandLine(new Main(), new Factory(terminal));
        PrintWriter out = new PrintWriter(terminal.out(), true, terminal.charset());
        PrintWriter err = new PrintWriter(terminal.err(), true, terminal.charset());
        commandLine.setOut(out).setErr(err);
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.coloured() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        int code = commandLine.execute(args);
        out.flush();
        err.flush();
        return code;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Hands the terminal to the commands that want it. */
    private record Factory(Terminal terminal) implements CommandLine.IFactory {
        @Override
        public <T> T create(Class<T> type) throws Exception {
            if (type == DemoCommand.class) {
                return type.cast(new DemoCommand(terminal));
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
