// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of all errors that a cluster, or the way to it, can cause.
 *
 * <p>Two questions decide what a program may do next, and each error answers them: {@link #isRetryable()} and
 * {@link #isIndeterminate()}. Mistakes of the calling program (null keys, negative times, …) are not of this family; they
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
     * cause. False by default. The client has already retried such errors by itself until the call's deadline.
     */
    public boolean isRetryable() {
        return false;
    }

    /**
     * Whether the outcome of the call is unknown: it may have taken effect, may take effect later, or never. False by
     * default: the call had no effect. A program that must know reads the data back.
     */
    public boolean isIndeterminate() {
        return false;
    }

    /**
     * A new exception of the same kind and content, with this one as its cause and the stack of the calling thread. Blocking
     * methods throw such a copy, so that a stack trace shows both where the program waited and what the client was doing.
     */
    public abstract HazelcastException copyForCaller();
}
