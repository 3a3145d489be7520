// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.cluster.Address;
import io.filbert.internal.transport.IoThread;
import io.filbert.internal.transport.WireChannel;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connections without a socket, for tests of the rooms above. */
public final class FakeConnections {

    private FakeConnections() {}

    /** One that was never connected. */
    public static Connection unconnected(int number) {
        return new Connection(number, new Address("127.0.0.1", 5701), new ConnectionListener() {
            @Override
            public void onClosed(Connection connection, String reason, @Nullable Throwable cause) {}

            @Override
            public void onBackupAck(int connectionNumber, long correlationId) {}
        });
    }

    /** One that has authenticated with this member, and whose socket is gone. */
    public static Connection broken(int number, MemberIdentity member) {
        Connection connection = unconnected(number);
        connection.authenticated(member);
        return connection;
    }

    /** One that has authenticated with this member, and whose socket leads to the other one. */
    public static Connection live(int number, MemberIdentity member, IoThread ioThread, FakeMember other)
            throws IOException {
        Connection connection = broken(number, member);
        connection.attach(WireChannel.connect(
                ioThread, other.address(), Map.of(), 1 << 20, null, Runnable::run, connection.channelHandler()));
        return connection;
    }
}
