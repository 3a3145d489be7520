// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import io.filbert.testkit.HazelcastCluster;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's Node.js client, in a process that does what the lines on its standard input say. Each command is answered by one
 * line within a deadline, or the test fails with what the process wrote to its log. For one thread.
 */
final class NodePeer implements InteropPeer {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final BufferedWriter commands;
    private final Thread reader;

    /** Lines of the process, and at last an empty optional when there will be no more. */
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

    private int lastNumber;

    private NodePeer(Process process, Path log) {
        this.process = process;
        this.log = log;
        commands = process.outputWriter(StandardCharsets.UTF_8);
        reader = new Thread(this::readAnswers, "node-peer-answers");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the process and connects its client to the cluster. */
    static NodePeer connect(HazelcastCluster cluster, ByteOrder order) {
        NodePeer peer = start();
        try {
            peer.mustBeOk("connect\t" + order + "\t" + cluster.name() + "\t" + String.join("\t", cluster.addresses()));
            return peer;
        } catch (RuntimeException | Error e) {
            peer.close();
            throw e;
        }
    }

    private static NodePeer start() {
        try {
            NodeInstallation node = NodeInstallation.prepare();
            Path script = NodeInstallation.location(NodePeer.class)
                    .resolve(NodePeer.class.getPackageName().replace('.', '/'))
                    .resolve("peer.js");
            Path log = node.directory().resolve("peer.log");
            Process process = new ProcessBuilder(node.command(script))
                    .redirectError(log.toFile())
                    .start();
            return new NodePeer(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("Node.js could not be started", e);
        }
    }

    private void readAnswers() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.add(Optional.of(line));
            }
        } catch (IOException e) {
            // The process was ended while this thread was reading.
        } finally {
            answers.add(Optional.empty());
        }
    }

    /** The names of the cases it can write. */
    List<String> written() {
        return List.of(ask("written").split(" "));
    }

    /** The names of all cases it knows, all of which it can read. */
    List<String> known() {
        return List.of(ask("known").split(" "));
    }

    @Override
    public boolean writes(InteropCase which) {
        return which.isWrittenByNode();
    }

    @Override
    public void put(String map, InteropCase which) {
        mustBeOk("put\t" + map + "\t" + which.label());
    }

    @Override
    public String check(String map, InteropCase which) {
        return ask("check\t" + map + "\t" + which.label());
    }

    @Override
    public void putKey(String map, InteropCase which) {
        mustBeOk("putKey\t" + map + "\t" + which.label());
    }

    @Override
    public String checkKey(String map, InteropCase which) {
        return ask("checkKey\t" + map + "\t" + which.label());
    }

    private void mustBeOk(String command) {
        String answer = ask(command);
        if (!answer.equals(OK)) {
            throw new AssertionError("Node.js answered \"" + command.replace('\t', ' ') + "\" with " + answer);
        }
    }

    private String ask(String command) {
        String prefix = ++lastNumber + "\t";
        try {
            commands.write(prefix + command + "\n");
            commands.flush();
            Optional<String> answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (answer != null && answer.isPresent() && answer.get().startsWith(prefix)) {
                return answer.get().substring(prefix.length());
            }
            throw failure(command, answer == null ? "nothing within " + PATIENCE : answer.orElse("its end"), null);
        } catch (IOException e) {
            throw failure(command, "its end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(command, "nothing before the test was interrupted", e);
        }
    }

    private IllegalStateException failure(String command, String what, @Nullable Throwable cause) {
        return new IllegalStateException(
                "Node.js answered \"" + command.replace('\t', ' ') + "\" with " + what + ". Its log:\n" + logText(),
                cause);
    }

    private String logText() {
        try {
            String text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - 8_000));
        } catch (IOException e) {
            return "(unreadable: " + e + ")";
        }
    }

    /** Lets the client leave the cluster in order, if it can, and ends the process. */
    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                mustBeOk("exit");
            }
        } finally {
            process.destroyForcibly();
            try {
                commands.close();
            } catch (IOException e) {
                // Nobody reads them any more.
            }
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The process " + process.pid() + " of Node.js does not end");
            }
            reader.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "Node.js";
    }
}
