// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** What a program writes to standard output. Not for tests that run side by side. */
final class Printed {

    private Printed() {}

    static List<String> by(Runnable program) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream instead = new PrintStream(bytes, true, UTF_8)) {
            System.setOut(instead);
            program.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(UTF_8).lines().toList();
    }
}
