// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

/**
 * The error codes a member can send, and whether the client sends the request again after one of them.
 *
 * <p>Numbers from 500 to 600 and from 1000 on are reserved for extensions of the members and count as unknown here.
 */
public enum MemberErrorCode {
    UNDEFINED(0, RetryRule.NEVER),
    ARRAY_INDEX_OUT_OF_BOUNDS(1, RetryRule.NEVER),
    ARRAY_STORE(2, RetryRule.NEVER),
    AUTHENTICATION(3, RetryRule.NEVER),
    CACHE(4, RetryRule.NEVER),
    CACHE_LOADER(5, RetryRule.NEVER),
    CACHE_NOT_EXISTS(6, RetryRule.NEVER),
    CACHE_WRITER(7, RetryRule.NEVER),
    CALLER_NOT_MEMBER(8, RetryRule.ALWAYS),
    CANCELLATION(9, RetryRule.NEVER),
    CLASS_CAST(10, RetryRule.NEVER),
    CLASS_NOT_FOUND(11, RetryRule.NEVER),
    CONCURRENT_MODIFICATION(12, RetryRule.NEVER),
    CONFIG_MISMATCH(13, RetryRule.NEVER),
    DISTRIBUTED_OBJECT_DESTROYED(14, RetryRule.NEVER),
    EOF(15, RetryRule.ALWAYS_UNLESS_BOUND),
    ENTRY_PROCESSOR(16, RetryRule.NEVER),
    EXECUTION(17, RetryRule.NEVER),
    HAZELCAST(18, RetryRule.NEVER),
    HAZELCAST_INSTANCE_NOT_ACTIVE(19, RetryRule.ALWAYS),
    HAZELCAST_OVERLOAD(20, RetryRule.NEVER),
    HAZELCAST_SERIALIZATION(21, RetryRule.NEVER),
    IO(22, RetryRule.ALWAYS_UNLESS_BOUND),
    ILLEGAL_ARGUMENT(23, RetryRule.NEVER),
    ILLEGAL_ACCESS_EXCEPTION(24, RetryRule.NEVER),
    ILLEGAL_ACCESS_ERROR(25, RetryRule.NEVER),
    ILLEGAL_MONITOR_STATE(26, RetryRule.NEVER),
    ILLEGAL_STATE(27, RetryRule.NEVER),
    ILLEGAL_THREAD_STATE(28, RetryRule.NEVER),
    INDEX_OUT_OF_BOUNDS(29, RetryRule.NEVER),
    INTERRUPTED(30, RetryRule.NEVER),
    INVALID_ADDRESS(31, RetryRule.NEVER),
    INVALID_CONFIGURATION(32, RetryRule.NEVER),
    MEMBER_LEFT(33, RetryRule.IF_IDEMPOTENT),
    NEGATIVE_ARRAY_SIZE(34, RetryRule.NEVER),
    NO_SUCH_ELEMENT(35, RetryRule.NEVER),
    NOT_SERIALIZABLE(36, RetryRule.ALWAYS_UNLESS_BOUND),
    NULL_POINTER(37, RetryRule.NEVER),
    OPERATION_TIMEOUT(38, RetryRule.NEVER),
    PARTITION_MIGRATING(39, RetryRule.ALWAYS),
    QUERY(40, RetryRule.NEVER),
    QUERY_RESULT_SIZE_EXCEEDED(41, RetryRule.NEVER),
    SPLIT_BRAIN_PROTECTION(42, RetryRule.NEVER),
    REACHED_MAX_SIZE(43, RetryRule.NEVER),
    REJECTED_EXECUTION(44, RetryRule.NEVER),
    RESPONSE_ALREADY_SENT(45, RetryRule.NEVER),
    RETRYABLE_HAZELCAST(46, RetryRule.ALWAYS),
    RETRYABLE_IO(47, RetryRule.ALWAYS_UNLESS_BOUND),
    RUNTIME(48, RetryRule.NEVER),
    SECURITY(49, RetryRule.NEVER),
    SOCKET(50, RetryRule.ALWAYS_UNLESS_BOUND),
    STALE_SEQUENCE(51, RetryRule.NEVER),
    TARGET_DISCONNECTED(52, RetryRule.IF_IDEMPOTENT),
    TARGET_NOT_MEMBER(53, RetryRule.ALWAYS_UNLESS_MEMBER_TARGET),
    TIMEOUT(54, RetryRule.NEVER),
    TOPIC_OVERLOAD(55, RetryRule.NEVER),
    TRANSACTION(56, RetryRule.NEVER),
    TRANSACTION_NOT_ACTIVE(57, RetryRule.NEVER),
    TRANSACTION_TIMED_OUT(58, RetryRule.NEVER),
    URI_SYNTAX(59, RetryRule.NEVER),
    UTF_DATA_FORMAT(60, RetryRule.ALWAYS_UNLESS_BOUND),
    UNSUPPORTED_OPERATION(61, RetryRule.NEVER),
    WRONG_TARGET(62, RetryRule.ALWAYS),
    XA(63, RetryRule.NEVER),
    ACCESS_CONTROL(64, RetryRule.NEVER),
    LOGIN(65, RetryRule.NEVER),
    UNSUPPORTED_CALLBACK(66, RetryRule.NEVER),
    NO_DATA_MEMBER(67, RetryRule.NEVER),
    REPLICATED_MAP_CANT_BE_CREATED(68, RetryRule.NEVER),
    MAX_MESSAGE_SIZE_EXCEEDED(69, RetryRule.NEVER),
    WAN_REPLICATION_QUEUE_FULL(70, RetryRule.NEVER),
    ASSERTION_ERROR(71, RetryRule.NEVER),
    OUT_OF_MEMORY_ERROR(72, RetryRule.NEVER),
    STACK_OVERFLOW_ERROR(73, RetryRule.NEVER),
    NATIVE_OUT_OF_MEMORY_ERROR(74, RetryRule.NEVER),
    SERVICE_NOT_FOUND(75, RetryRule.NEVER),
    STALE_TASK_ID(76, RetryRule.NEVER),
    DUPLICATE_TASK(77, RetryRule.NEVER),
    STALE_TASK(78, RetryRule.NEVER),
    LOCAL_MEMBER_RESET(79, RetryRule.NEVER),
    INDETERMINATE_OPERATION_STATE(80, RetryRule.NEVER),
    FLAKE_ID_NODE_ID_OUT_OF_RANGE(81, RetryRule.NEVER),
    TARGET_NOT_REPLICA(82, RetryRule.ALWAYS),
    MUTATION_DISALLOWED(83, RetryRule.NEVER),
    CONSISTENCY_LOST(84, RetryRule.NEVER),
    SESSION_EXPIRED(85, RetryRule.NEVER),
    WAIT_KEY_CANCELLED(86, RetryRule.NEVER),
    LOCK_ACQUIRE_LIMIT_REACHED(87, RetryRule.NEVER),
    LOCK_OWNERSHIP_LOST(88, RetryRule.NEVER),
    CP_GROUP_DESTROYED(89, RetryRule.NEVER),
    CANNOT_REPLICATE(90, RetryRule.ALWAYS),
    LEADER_DEMOTED(91, RetryRule.NEVER),
    STALE_APPEND_REQUEST(92, RetryRule.NEVER),
    NOT_LEADER(93, RetryRule.NEVER),
    VERSION_MISMATCH(94, RetryRule.NEVER),
    NO_SUCH_METHOD_ERROR(95, RetryRule.NEVER),
    NO_SUCH_METHOD_EXCEPTION(96, RetryRule.NEVER),
    NO_SUCH_FIELD_ERROR(97, RetryRule.NEVER),
    NO_SUCH_FIELD_EXCEPTION(98, RetryRule.NEVER),
    NO_CLASS_DEF_FOUND_ERROR(99, RetryRule.NEVER),
    CP_LEADER_STEPPING_DOWN(100, RetryRule.NEVER);

    /** When a request that failed with a code is sent again. The call's deadline ends all repetition. */
    public enum RetryRule {
        /** The error is final. */
        NEVER,
        /** The request had no effect and is sent again. */
        ALWAYS,
        /** As {@link #ALWAYS}, but final for a request that only makes sense on one particular connection. */
        ALWAYS_UNLESS_BOUND,
        /**
         * The outcome is unknown: sent again if repeating the request is harmless or the user allowed it
         * ({@code redoOperation}), and final for a request bound to one connection.
         */
        IF_IDEMPOTENT,
        /** As {@link #ALWAYS}, but final for a request aimed at one particular member. */
        ALWAYS_UNLESS_MEMBER_TARGET
    }

    // The known numbers are dense and declared in ascending order, so a constant's number is its ordinal.
    private static final MemberErrorCode[] BY_CODE = values();

    private final int code;
    private final RetryRule retryRule;

    MemberErrorCode(int code, RetryRule retryRule) {
        this.code = code;
        this.retryRule = retryRule;
    }

    /** The constant of a number, {@link #UNDEFINED} if it is not known. */
    public static MemberErrorCode of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNDEFINED;
    }

    /** The number in the protocol. */
    public int code() {
        return code;
    }

    /** Whether the client sends the request again. */
    public RetryRule retryRule() {
        return retryRule;
    }

    /**
     * Whether the member that reports it does not know what became of the request: it passed it on to another member that left or did not
     * answer, or gave up waiting.
     */
    public boolean isIndeterminate() {
        return switch (this) {
            case INTERRUPTED,
                    MEMBER_LEFT,
                    OPERATION_TIMEOUT,
                    TARGET_DISCONNECTED,
                    TIMEOUT,
                    LOCAL_MEMBER_RESET,
                    INDETERMINATE_OPERATION_STATE,
                    STALE_APPEND_REQUEST -> true;
            default -> false;
        };
    }
}
