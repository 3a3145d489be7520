// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts another JVM like this one. */
public final class JavaCommand {

    /** What the official client's documentation asks for; it works without, but replaces less of the JVM's selectors. */
    static final List<String> ACCESS = List.of(
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    private JavaCommand() {}

    /** Up to the main class, with the class path of this JVM. */
    public static List<String> with(List<String> options) {
        return with(options, System.getProperty("java.class.path"));
    }

    public static List<String> with(List<String> options, String classPath) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(classPath);
        return command;
    }
}
