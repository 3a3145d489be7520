// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

/** What a {@link FaultReport} counts. Times are in milliseconds and begin when the fault was healed; -1 is never. */
public enum Figure {
    /** Calls started. */
    CALLS,
    /** Calls that ended well. */
    SUCCEEDED,
    /** Calls that ended with an error. */
    FAILED,
    /** Calls that had not ended by their deadline and some slack. */
    HUNG,
    /** Calls that called back more than once. */
    ENDED_TWICE,
    /** Reads that did not find an entry whose write had been acknowledged. */
    FOUND_NOTHING,
    /** Acknowledged writes that could not be read back in the end. */
    LOST_WRITES,
    /** Until the first success. */
    FIRST_SUCCESS,
    /** Until the moment from which on every call succeeded within a second. */
    WELL_AGAIN,
    /** The longest time without any success, before or after. */
    SILENCE,
    /** The longest call. */
    SLOWEST_CALL,
    /** Until the first message published afterwards was heard. */
    HEARS_AGAIN,
    /** Messages that the cluster had taken and that were never heard. */
    MESSAGES_MISSED,
    /** Messages heard more than once. */
    MESSAGES_TWICE,
    /** Messages published in the end, when all should have been well, that were not heard. */
    LAST_MESSAGES_MISSED,
    /** Entries whose write the cluster had acknowledged and that were never heard to be added. */
    EVENTS_MISSED,
    /** Entries heard to be added more than once. */
    EVENTS_TWICE,
    /** Entries written in the end, when all should have been well, that were not heard to be added. */
    LAST_EVENTS_MISSED
}
