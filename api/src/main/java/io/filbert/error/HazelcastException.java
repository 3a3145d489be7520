// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of all errors that a cluster, or the way to it, can cause.
 *
 * <p>What a program may do next depends on what became of the call, and each error answers that. At most one of these is true:
 *
 * <ul>
 *   <li>{@link #isRetryable()}: the call had no effect, and may succeed when it is made again;
 *   <li>{@link #isIndeterminate()}: nobody here knows whether the call has had its effect, or will have it;
 *   <li>{@link #wasCarriedOut()}: the call has had its effect, but its result could not be given.
 * </ul>
 *
 * <p>If none is true, the call was refused or failed, and making it again in the same way will not help.
 *
 * <p>Mistakes of the calling program (null keys, negative times, …) are not of this family; they
 * stay {@link NullPointerException}, {@link IllegalArgumentException} and so on, thrown before anything is sent. When a
 * member answers with such a JDK exception, the client throws that class, with the {@link MemberErrorException} as its cause.
 *
 * <p>The family is closed: new kinds are added here, not in other packages.
 */
public abstract class HazelcastException extends RuntimeException {

    HazelcastException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether the same call may simply be made again: it certainly had no effect, and time or another member may cure the
     * cause. False by default. Whatever was certainly not sent is retryable, unless this client will never send it. The client has
     * already retried such errors by itself until the call's deadline.
     */
    public boolean isRetryable() {
        return false;
    }

    /**
     * Whether the outcome of the call is unknown: it may have taken effect, in part or as a whole, may take effect later, or never. False
     * by default. A program that must know reads the data back.
     */
    public boolean isIndeterminate() {
        return false;
    }

    /**
     * Whether the member carried the call out, and only its result is missing here. False by default. Making the call again would have its
     * effect a second time; see {@link SerializationException#rawResult()}.
     */
    public boolean wasCarriedOut() {
        return false;
    }

    /**
     * A new exception of the same kind and content and with the same cause, but with the stack of the calling thread. Blocking
     * methods throw such a copy: their stack trace begins where the program waited, and goes on with what the client was doing.
     */
    public abstract HazelcastException copyForCaller();
}
