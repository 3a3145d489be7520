// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.flightrecorder;

import org.jspecify.annotations.Nullable;

/**
 * Tells flight recordings what one client does. Costs nothing worth mentioning while nobody records, and nothing at all without the
 * module {@code jdk.jfr}. Thread-safe.
 */
public class FlightEvents {

    /** Longer than any call: nobody records slow calls. */
    static final long NOBODY_ASKS = Long.MAX_VALUE;

    /** For those who have no client. */
    public static final FlightEvents NONE = new FlightEvents();

    FlightEvents() {}

    /** The events of a client with this name. */
    public static FlightEvents of(String clientName) {
        try {
            return new RecordedEvents(clientName);
        } catch (LinkageError e) {
            return NONE;
        }
    }

    /** Something that takes time has begun. */
    public interface Span {

        /** It has succeeded. */
        void succeeded(String member);

        /** It has failed. */
        void failed(Throwable cause);
    }

    private static final Span NO_SPAN = new Span() {
        @Override
        public void succeeded(String member) {}

        @Override
        public void failed(Throwable cause) {}
    };

    /** A connection is being opened. */
    public Span connecting(String address) {
        return NO_SPAN;
    }

    /** A connection that was in use has ended. */
    public void disconnected(Object connection, String reason) {}

    /** A member refused the client. */
    public void authenticationFailed(String address, String reason) {}

    /** The client is connected to a cluster with another id than before. */
    public void clusterChanged(@Nullable Object before, Object after) {}

    /** An attempt failed and the call will be sent again. */
    public void retry(Object call, int attempt, Throwable cause) {}

    /** A call that took this long or longer is to be told to {@link #slowCall}, in nanoseconds. */
    public long slowCallNanos() {
        return NOBODY_ASKS;
    }

    /** A call was answered slowly. */
    public void slowCall(Object call, Object connection, long nanos, int attempts) {}
}
