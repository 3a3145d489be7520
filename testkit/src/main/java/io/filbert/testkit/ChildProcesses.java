// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The processes this JVM started and has not ended yet; its shutdown hook kills them. Thread-safe. */
final class ChildProcesses {

    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> ALIVE.forEach(Process::destroyForcibly), "testkit-child-processes"));
    }

    private ChildProcesses() {}

    static void add(Process process) {
        ALIVE.add(process);
    }

    static void remove(Process process) {
        ALIVE.remove(process);
    }
}
