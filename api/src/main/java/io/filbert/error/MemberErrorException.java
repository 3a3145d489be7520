// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A member answered a request with an error. Nothing of that answer is lost: the numeric code, the class name, the message,
 * the stack trace and the chain of causes are kept, also for codes this client does not know.
 *
 * <p>If it is neither retryable nor indeterminate, the member refused the call or failed in carrying it out. What of its own work it had
 * begun, it has taken back; what code of the user did on the member before it failed (entry processors, map stores, interceptors) stays.
 *
 * <p>The stack trace shows the member's frames first and below them the frames of this client at the time the answer was
 * read.
 */
public final class MemberErrorException extends HazelcastException {

    private final @Nullable String call;
    private final int code;
    private final String memberClassName;
    private final @Nullable String memberMessage;

    /**
     * @param code the number the member sent, whether known or not
     * @param memberClassName the Java class of the error on the member
     * @param memberMessage the member's message, if it gave one
     * @param memberStackTrace the member's stack, innermost frame first, may be empty
     * @param cause the member's cause, itself built like this, if it gave one
     */
    public MemberErrorException(
            int code,
            String memberClassName,
            @Nullable String memberMessage,
            List<StackTraceElement> memberStackTrace,
            @Nullable Throwable cause) {
        this(null, code, memberClassName, memberMessage, cause);
        setStackTrace(Stream.concat(memberStackTrace.stream(), Arrays.stream(getStackTrace()))
                .toArray(StackTraceElement[]::new));
    }

    private MemberErrorException(
            @Nullable String call,
            int code,
            String memberClassName,
            @Nullable String memberMessage,
            @Nullable Throwable cause) {
        super(describe(call, code, memberClassName, memberMessage), cause);
        this.call = call;
        this.code = code;
        this.memberClassName = Objects.requireNonNull(memberClassName, "memberClassName");
        this.memberMessage = memberMessage;
    }

    /**
     * The same error of the same call, whose message begins with the call. {@link #memberMessage()} stays what the member said.
     *
     * @param callOnStructure such as {@code Map.put on map 'personnel'}
     */
    public MemberErrorException in(String callOnStructure) {
        MemberErrorException named = new MemberErrorException(
                Objects.requireNonNull(callOnStructure, "callOnStructure"),
                code,
                memberClassName,
                memberMessage,
                getCause());
        named.setStackTrace(getStackTrace());
        return named;
    }

    /** The number the member sent. Numbers from 1000 on belong to the members' own extensions. */
    public int code() {
        return code;
    }

    /** What the number means, {@link MemberErrorCode#UNDEFINED} if this client does not know it. */
    public MemberErrorCode errorCode() {
        return MemberErrorCode.of(code);
    }

    /** The Java class of the error on the member. That class need not exist here. */
    public String memberClassName() {
        return memberClassName;
    }

    /** The member's own message, without the call, the class and the code that {@link #getMessage()} adds; null if it gave none. */
    public @Nullable String memberMessage() {
        return memberMessage;
    }

    /**
     * Whether the member refused the call for a passing reason, so that it had no effect: a partition that moves, a member
     * that shuts down, and the like.
     */
    @Override
    public boolean isRetryable() {
        return switch (errorCode().retryRule()) {
            case ALWAYS, ALWAYS_UNLESS_BOUND, ALWAYS_UNLESS_MEMBER_TARGET -> true;
            case NEVER, IF_IDEMPOTENT -> false;
        };
    }

    /** Whether the member itself does not know the outcome; see {@link MemberErrorCode#isIndeterminate()}. */
    @Override
    public boolean isIndeterminate() {
        return errorCode().isIndeterminate();
    }

    @Override
    public MemberErrorException copyForCaller() {
        return new MemberErrorException(call, code, memberClassName, memberMessage, getCause());
    }

    private static String describe(@Nullable String call, int code, String className, @Nullable String message) {
        String begin = call == null ? "" : call + ": ";
        String text = message == null || message.isEmpty() ? "" : ": " + message;
        return begin + className + text + " (member error code " + code + ")";
    }
}
