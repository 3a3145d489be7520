// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Main class of the load's process. Connects one client and then does what {@link LoadProcess} asks for in lines on standard input; each is
 * answered with one line on standard output. Ends with its input.
 */
final class LoadMain {

    static final String READY = "@ready";
    static final String DONE = "@done ";
    static final String FAILED = "@failed ";

    static final String BEGIN = "begin";
    static final String HEALED = "healed";
    static final String WELL = "well";
    static final String FINISH = "finish";

    private LoadMain() {}

    /** @param args the class of the {@link ClientUnderTest.Factory}, the slack in the notation of {@link Duration}, the client's options */
    @SuppressWarnings("SystemOut") // standard output carries the answers
    public static void main(String[] args) throws Exception {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // Whatever a client prints must not be taken for an answer.
        System.setOut(System.err);
        int exitCode = 0;
        List<String> arguments = List.of(args);
        ClientOptions options = ClientOptions.parse(arguments.subList(2, arguments.size()));
        ClientUnderTest.Factory factory = Class.forName(args[0])
                .asSubclass(ClientUnderTest.Factory.class)
                .getConstructor()
                .newInstance();
        try (ClientUnderTest client = factory.connect(options)) {
            answers.println(READY);
            serve(new RecordedLoad(client, options.callDeadline(), Duration.parse(args[1])), answers);
        } catch (Exception e) {
            e.printStackTrace();
            answers.println(FAILED + e);
            exitCode = 1;
        }
        // A client that leaves threads behind must not keep the process.
        Runtime.getRuntime().halt(exitCode);
    }

    private static void serve(RecordedLoad load, PrintStream answers) throws IOException, InterruptedException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            answers.println(DONE + answer(load, line.split(" ", -1)));
        }
    }

    private static String answer(RecordedLoad load, String[] question) throws InterruptedException {
        switch (question[0]) {
            case BEGIN -> load.begin();
            case HEALED -> load.healed();
            case WELL -> {
                return String.valueOf(load.isWell());
            }
            case FINISH -> {
                return load.finish(Duration.parse(question[1]), Boolean.parseBoolean(question[2]))
                        .format();
            }
            default -> throw new IllegalArgumentException("Unknown question " + question[0]);
        }
        return "";
    }
}
