// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.connection;

import io.filbert.error.MemberErrorCode;
import io.filbert.error.MemberErrorException;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.RequestType;
import io.filbert.internal.protocol.codec.ErrorsCodec;
import io.filbert.internal.protocol.type.ErrorHolder;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Reads error replies. Never loads a class that a member names. */
public final class MemberErrors {

    /** The message type of an error reply. */
    public static final int TYPE = 0;

    /** How members of all releases begin. */
    private static final String UNKNOWN_REQUEST = "Unrecognized client message";

    private MemberErrors() {}

    /** The first error of the reply, with the following ones as its causes. */
    public static MemberErrorException decode(MessageReader reply) {
        List<ErrorHolder> errors = ErrorsCodec.decode(reply);
        MemberErrorException cause = null;
        for (int i = errors.size() - 1; i >= 0; i--) {
            cause = toException(errors.get(i), cause);
        }
        return cause != null
                ? cause
                : new MemberErrorException(0, "unknown", "the error reply was empty", List.of(), null);
    }

    private static MemberErrorException toException(ErrorHolder error, @Nullable MemberErrorException cause) {
        List<StackTraceElement> stack = new ArrayList<>();
        for (io.filbert.internal.protocol.type.StackTraceElement element : error.stackTraceElements()) {
            stack.add(new StackTraceElement(
                    element.className(), element.methodName(), element.fileName(), element.lineNumber()));
        }
        return new MemberErrorException(error.errorCode(), error.className(), error.message(), stack, cause);
    }

    /**
     * Whether the member refused the request because the connection is not authenticated (any more), and not because of the request: it was
     * not carried out, and no other request on that connection will be.
     */
    public static boolean isNotAuthenticated(MemberErrorException error) {
        return error.errorCode() == MemberErrorCode.AUTHENTICATION
                || (error.isRetryable()
                        && error.getCause() instanceof MemberErrorException cause
                        && cause.errorCode() == MemberErrorCode.AUTHENTICATION);
    }

    /**
     * What the user sees: where the member reports an unchecked error of the JDK, that very class, with the member's error as
     * its cause; else the member's error itself. Errors of the member's JVM (out of memory, …) stay wrapped: they did not
     * happen here. The text begins with the call, and says why, if the member is too old to know the request.
     *
     * @param call what the user called, on what, such as {@code Map.put on map 'personnel'}
     */
    public static RuntimeException forUser(MemberErrorException error, RequestType type, String call) {
        String message = error.memberMessage();
        if (error.errorCode() != MemberErrorCode.UNSUPPORTED_OPERATION
                || message == null
                || !message.startsWith(UNKNOWN_REQUEST)) {
            RuntimeException jdk =
                    jdkClass(error.errorCode(), call + ": " + (message == null ? error.memberClassName() : message));
            if (jdk == null) {
                return error.in(call);
            }
            jdk.initCause(error); // which has not the call in its text: once is enough
            return jdk;
        }
        return new UnsupportedOperationException(
                call + " needs members that know version " + type.since()
                        + " of the client protocol; the member it was sent to runs an older release and answered: "
                        + message,
                error);
    }

    private static @Nullable RuntimeException jdkClass(MemberErrorCode code, String message) {
        return switch (code) {
            case ARRAY_INDEX_OUT_OF_BOUNDS -> new ArrayIndexOutOfBoundsException(message);
            case ARRAY_STORE -> new ArrayStoreException(message);
            case CANCELLATION -> new CancellationException(message);
            case CLASS_CAST -> new ClassCastException(message);
            case CONCURRENT_MODIFICATION -> new ConcurrentModificationException(message);
            case ILLEGAL_ARGUMENT -> new IllegalArgumentException(message);
            case ILLEGAL_MONITOR_STATE -> new IllegalMonitorStateException(message);
            case ILLEGAL_STATE -> new IllegalStateException(message);
            case ILLEGAL_THREAD_STATE -> new IllegalThreadStateException(message);
            case INDEX_OUT_OF_BOUNDS -> new IndexOutOfBoundsException(message);
            case NEGATIVE_ARRAY_SIZE -> new NegativeArraySizeException(message);
            case NO_SUCH_ELEMENT -> new NoSuchElementException(message);
            case NULL_POINTER -> new NullPointerException(message);
            case REJECTED_EXECUTION -> new RejectedExecutionException(message);
            case SECURITY -> new SecurityException(message);
            case UNSUPPORTED_OPERATION -> new UnsupportedOperationException(message);
            default -> null;
        };
    }
}
