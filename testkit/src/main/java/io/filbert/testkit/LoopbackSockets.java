// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The TCP sockets this process has on the loopback interface, as Linux lists them; elsewhere none. Stateless. */
final class LoopbackSockets {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));
    private static final Map<String, String> STATES = Map.of(
            "01", "ESTABLISHED",
            "02", "SYN_SENT",
            "03", "SYN_RECV",
            "04", "FIN_WAIT1",
            "05", "FIN_WAIT2",
            "08", "CLOSE_WAIT",
            "09", "LAST_ACK",
            "0A", "LISTEN",
            "0B", "CLOSING");

    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private LoopbackSockets() {}

    static boolean supported() {
        return Files.isDirectory(DESCRIPTORS) && Files.isReadable(TABLES.get(0));
    }

    /** A description of each socket by its inode, which identifies it for as long as it is open. */
    static Map<String, String> open() {
        if (!supported()) {
            return Map.of();
        }
        try {
            Set<String> own = ownInodes();
            Map<String, String> found = new HashMap<>();
            for (Path table : TABLES) {
                if (Files.isReadable(table)) {
                    List<String> rows = Files.readAllLines(table);
                    rows.subList(1, rows.size())
                            .forEach(row -> addIfOwn(row.strip().split("\\s+"), own, found));
                }
            }
            return found;
        } catch (IOException e) {
            throw new IllegalStateException("The sockets of this process could not be listed", e);
        }
    }

    private static void addIfOwn(String[] columns, Set<String> own, Map<String, String> found) {
        String inode = columns[INODE];
        if (own.contains(inode) && isLoopback(columns[LOCAL])) {
            String state = STATES.getOrDefault(columns[STATE], "state " + columns[STATE]);
            found.put(
                    inode,
                    "127.0.0.1:" + port(columns[LOCAL]) + " -> 127.0.0.1:" + port(columns[REMOTE]) + " " + state);
        }
    }

    private static Set<String> ownInodes() throws IOException {
        Set<String> inodes = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    if (target.startsWith("socket:[")) {
                        inodes.add(target.substring("socket:[".length(), target.length() - 1));
                    }
                } catch (NoSuchFileException e) {
                    // Closed between the listing and the look.
                }
            }
        }
        return inodes;
    }

    /** IPv4 127.x.x.x in the kernel's byte order, plain or mapped into IPv6, or ::1. */
    private static boolean isLoopback(String address) {
        String host = address.substring(0, address.indexOf(':'));
        return (host.endsWith("7F") && (host.length() == 8 || host.startsWith("0000000000000000FFFF0000")))
                || host.equals("00000000000000000000000001000000");
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }
}
