// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1 that nobody listens on. They lie below the range from which the kernel picks ports for outgoing
 * connections: a port that is free now must still be free when a member binds it a second later. Thread-safe.
 */
final class LoopbackPorts {

    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 30_000;
    private static final int ATTEMPTS = 1_000;

    /** Never given out twice by one JVM, so that a port chosen but not yet bound stays its owner's. */
    private static final Set<Integer> GIVEN_OUT = ConcurrentHashMap.newKeySet();

    private LoopbackPorts() {}

    static int next() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port) && GIVEN_OUT.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "No free port on 127.0.0.1 between " + LOWEST + " and " + HIGHEST + " after " + ATTEMPTS + " tries");
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As members do: connections of the last owner that linger in TIME_WAIT do not make the port taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
