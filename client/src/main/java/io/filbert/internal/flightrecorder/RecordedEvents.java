// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.flightrecorder;

import org.jspecify.annotations.Nullable;

/** What {@link FlightEvents} says, where there is a flight recorder; on its own, because the class cannot be linked without that. */
final class RecordedEvents extends FlightEvents {

    private final String client;

    RecordedEvents(String client) {
        this.client = client;
        // Known to the recorder from now on, so that its settings take effect.
        new SlowCallEvent();
    }

    @Override
    public Span connecting(String address) {
        ConnectEvent event = new ConnectEvent();
        if (!event.isEnabled()) {
            return super.connecting(address);
        }
        event.client = client;
        event.address = address;
        event.begin();
        return new Span() {
            @Override
            public void succeeded(String member) {
                event.succeeded = true;
                event.member = member;
                event.commit();
            }

            @Override
            public void failed(Throwable cause) {
                event.failure = String.valueOf(cause.getMessage());
                event.commit();
            }
        };
    }

    @Override
    public void disconnected(Object connection, String reason) {
        DisconnectEvent event = new DisconnectEvent();
        if (event.shouldCommit()) {
            event.client = client;
            event.connection = connection.toString();
            event.reason = reason;
            event.commit();
        }
    }

    @Override
    public void authenticationFailed(String address, String reason) {
        AuthenticationFailedEvent event = new AuthenticationFailedEvent();
        if (event.shouldCommit()) {
            event.client = client;
            event.address = address;
            event.reason = reason;
            event.commit();
        }
    }

    @Override
    public void clusterChanged(@Nullable Object before, Object after) {
        ClusterChangedEvent event = new ClusterChangedEvent();
        if (event.shouldCommit()) {
            event.client = client;
            event.before = String.valueOf(before);
            event.after = String.valueOf(after);
            event.commit();
        }
    }

    @Override
    public void retry(Object call, int attempt, Throwable cause) {
        RetryEvent event = new RetryEvent();
        if (event.shouldCommit()) {
            event.client = client;
            event.call = call.toString();
            event.attempt = attempt;
            event.failure = String.valueOf(cause.getMessage());
            event.commit();
        }
    }

    @Override
    public long slowCallNanos() {
        return SlowerThan.shortestNanos();
    }

    @Override
    public void slowCall(Object call, Object connection, long nanos, int attempts) {
        SlowCallEvent event = new SlowCallEvent();
        event.time = nanos; // which shouldCommit looks at
        if (event.shouldCommit()) {
            event.client = client;
            event.call = call.toString();
            event.connection = connection.toString();
            event.attempts = attempts;
            event.commit();
        }
    }
}
