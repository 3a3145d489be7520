// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy;

import io.filbert.error.HazelcastException;
import io.filbert.error.SerializationException;
import io.filbert.internal.invocation.CompositeErrors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A change of many entries or items, one request each, that is one call for the user. Counts what was changed, so that an error can say what
 * is true of the whole: the error of one request says "no effect" of that request only. Thread-safe.
 */
public final class BulkChange {

    private final String call;
    private final String things;
    private final AtomicInteger changed = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();

    /**
     * @param call what errors call it, such as {@code replaceAll of map 'personnel'}
     * @param things what is changed, such as {@code entries}
     */
    public BulkChange(String call, String things) {
        this.call = call;
        this.things = things;
    }

    /** One more was changed. */
    public void changed() {
        changed.incrementAndGet();
    }

    /** A request failed, in a call that makes several at a time. */
    public void failed(Throwable failure) {
        if (CompositeErrors.mayHaveHadEffect(failure)) {
            unknown.incrementAndGet();
        }
    }

    /** Whether anything was changed. */
    public boolean hasChanged() {
        return changed.get() > 0;
    }

    /** Fetches what is to be changed, with the error of the whole. */
    public <T> T reading(Supplier<T> fetch) {
        try {
            return fetch.get();
        } catch (HazelcastException e) {
            throw (RuntimeException) whileReading(e);
        }
    }

    /** Changes one of them, with the error of the whole. */
    public boolean writing(BooleanSupplier change) {
        try {
            return change.getAsBoolean();
        } catch (RuntimeException e) {
            throw (RuntimeException) whileWriting(e);
        }
    }

    /** The error of the whole, when a request failed that fetches what is to be changed. */
    public Throwable whileReading(Throwable failure) {
        if (!(failure instanceof HazelcastException error)) {
            return whileWriting(failure);
        }
        if (changed.get() + unknown.get() > 0) {
            return inPart(failure);
        }
        return CompositeErrors.withoutEffect(
                error,
                call + " changed nothing"
                        + (error instanceof SerializationException ? ", because what is there cannot be read: " : ": ")
                        + error.getMessage());
    }

    /** The error of the whole, when a request failed that changes one of them. */
    public Throwable whileWriting(Throwable failure) {
        Throwable known = failure instanceof HazelcastException ? failure : failure.getCause();
        return known instanceof HazelcastException error
                        && !error.isIndeterminate()
                        && changed.get() + unknown.get() > 0
                ? inPart(failure)
                : failure;
    }

    private Throwable inPart(Throwable failure) {
        int lost = unknown.get();
        return CompositeErrors.inPart(
                failure,
                call + " stopped after " + changed.get() + " " + things + " had been changed"
                        + (lost == 0 ? "" : ", and perhaps " + lost + " more") + ": " + failure.getMessage());
    }
}
