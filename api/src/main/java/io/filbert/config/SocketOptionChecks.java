// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether sockets take the configured options, found out by telling one that is never connected. */
final class SocketOptionChecks {

    private SocketOptionChecks() {}

    static void check(Map<SocketOption<?>, Object> options, Problems p) {
        if (options.isEmpty()) {
            return;
        }
        try (SocketChannel socket = SocketChannel.open()) {
            socket.configureBlocking(false);
            options.forEach((option, value) -> check(socket, option, value, p));
        } catch (IOException e) {
            // No socket can be had now, whatever its options. Connecting will tell.
        }
    }

    private static void check(SocketChannel socket, SocketOption<?> option, Object value, Problems p) {
        if (!option.type().isInstance(value)) {
            p.add(
                    "socketOptions[" + option.name() + "]",
                    value,
                    "of type " + option.type().getSimpleName(),
                    "use socketOption(option, value), which the compiler checks");
            return;
        }
        String name = "socketOption[" + option.name() + "]";
        if (!socket.supportedOptions().contains(option)) {
            String supported = socket.supportedOptions().stream()
                    .map(SocketOption::name)
                    .sorted()
                    .collect(Collectors.joining(", "));
            p.add(name, value, "left out on this platform", "its sockets have these options: " + supported);
            return;
        }
        try {
            set(socket, option, value);
        } catch (IOException | RuntimeException e) {
            p.add(name, value, allowed(option), "a socket was told and refused it (" + e.getMessage() + ")");
        }
    }

    private static String allowed(SocketOption<?> option) {
        if (option == StandardSocketOptions.SO_RCVBUF || option == StandardSocketOptions.SO_SNDBUF) {
            return "0 to 2147483647";
        }
        return option == StandardSocketOptions.IP_TOS ? "0 to 255" : "a value that sockets of this platform take";
    }

    @SuppressWarnings("unchecked") // the type was checked
    private static <T> void set(SocketChannel socket, SocketOption<T> option, Object value) throws IOException {
        socket.setOption(option, (T) value);
    }
}
