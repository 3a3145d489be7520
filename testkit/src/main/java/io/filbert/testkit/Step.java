// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import io.filbert.internal.protocol.RequestType;

/**
 * A moment at which a {@link ScriptedMember} can be told to die.
 *
 * @param moment what has just happened
 * @param requestType the message type it happened to; 0 where there is none
 */
public record Step(Moment moment, int requestType) {

    /** What has just happened when the member dies. */
    public enum Moment {
        /** A connection was accepted; nothing was read from it. */
        ACCEPTED,
        /** The three bytes that begin a connection were read. */
        GREETED,
        /** A request was read; nothing was done about it. */
        RECEIVED,
        /** A request took effect and the first half of its response was sent. */
        HALF_ANSWERED,
        /** A request took effect and its response was sent. */
        ANSWERED
    }

    /** When a connection has been accepted. */
    public static Step accepted() {
        return new Step(Moment.ACCEPTED, 0);
    }

    /** When a connection's first three bytes have been read. */
    public static Step greeted() {
        return new Step(Moment.GREETED, 0);
    }

    /** When a request of that type has been read, before it has any effect. */
    public static Step received(RequestType type) {
        return new Step(Moment.RECEIVED, type.id());
    }

    /** When half of the response to a request of that type has been sent. */
    public static Step halfAnswered(RequestType type) {
        return new Step(Moment.HALF_ANSWERED, type.id());
    }

    /** When the response to a request of that type has been sent. */
    public static Step answered(RequestType type) {
        return new Step(Moment.ANSWERED, type.id());
    }
}
