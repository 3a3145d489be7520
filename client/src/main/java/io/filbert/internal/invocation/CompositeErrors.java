// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.error.CallInterruptedException;
import io.filbert.error.ClientClosedException;
import io.filbert.error.ClientOfflineException;
import io.filbert.error.ConnectionException;
import io.filbert.error.HazelcastException;
import io.filbert.error.IndeterminateOperationException;
import io.filbert.error.MemberErrorException;
import io.filbert.error.OperationTimeoutException;
import io.filbert.error.OverloadException;
import io.filbert.error.SerializationException;
import io.filbert.error.TargetDisconnectedException;

/**
 * The errors of calls that are several requests. What an error says about one of the requests need not be true of the call: it may have
 * changed something before, or nothing at all. Stateless.
 */
public final class CompositeErrors {

    private CompositeErrors() {}

    /**
     * Whether the request that failed so may have had its effect. What a member answers as an exception of the JDK is an answer, too. All else
     * is an accident, and says nothing.
     */
    public static boolean mayHaveHadEffect(Throwable failure) {
        Throwable answer = failure instanceof HazelcastException ? failure : failure.getCause();
        return !(answer instanceof HazelcastException known) || known.isIndeterminate() || known.wasCarriedOut();
    }

    /** The error of a call that was carried out in part, perhaps: indeterminate, and of the same kind if that can be indeterminate. */
    public static HazelcastException inPart(Throwable first, String text) {
        if (first instanceof OperationTimeoutException) {
            return new OperationTimeoutException(text, first, true);
        }
        if (first instanceof ClientClosedException) {
            return new ClientClosedException(text, first, true);
        }
        return first instanceof CallInterruptedException
                ? new CallInterruptedException(text, first, true)
                : new IndeterminateOperationException(text, first);
    }

    /**
     * The error of a call that has certainly changed nothing, because only requests that change nothing were sent: neither indeterminate nor
     * carried out, and of the same kind if that can be said with it.
     */
    public static HazelcastException withoutEffect(HazelcastException error, String text) {
        if (error instanceof CallInterruptedException) {
            // Not itself: it says that the effect is unknown.
            return new CallInterruptedException(text, error.getCause(), false);
        }
        if (error instanceof ClientClosedException) {
            return new ClientClosedException(text, error, false);
        }
        if (error instanceof SerializationException) {
            return new SerializationException(text, error);
        }
        if (error instanceof OverloadException) {
            return new OverloadException(text, error);
        }
        if (error instanceof ClientOfflineException) {
            return new ClientOfflineException(text, error);
        }
        if (error instanceof ConnectionException || error instanceof TargetDisconnectedException) {
            return new ConnectionException(text, error);
        }
        // What a member answered keeps its code.
        return error instanceof OperationTimeoutException
                        || error.isIndeterminate()
                        || !(error instanceof MemberErrorException)
                ? new OperationTimeoutException(text, error, false)
                : error;
    }
}
