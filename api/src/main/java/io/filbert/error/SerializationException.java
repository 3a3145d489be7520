// SPDX-License-Identifier: Apache-2.0
package io.filbert.error;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object could not be turned into bytes, or bytes could not be turned into an object: no serializer, an unknown type id,
 * a class that is missing or refused, malformed data.
 *
 * <p>If it is an argument that could not be written, nothing was sent. If it is the result that cannot be read, the call has had its
 * effect: {@link #wasCarriedOut()} is true, and {@link #rawResult()} has the bytes. An item that was taken from a queue is in no other
 * place any more.
 */
public final class SerializationException extends HazelcastException {

    private final boolean carriedOut;
    private final byte[][] rawResults;
    /** May hold objects that are not serializable, so it stays here. */
    private final transient @Nullable List<Object> readableResults;

    /** An error without cause, of a call that had no effect. */
    public SerializationException(String message) {
        this(message, null);
    }

    /** An error with its cause, if there is one, of a call that had no effect. */
    public SerializationException(String message, @Nullable Throwable cause) {
        this(message, cause, false, new byte[0][], List.of());
    }

    private SerializationException(
            String message,
            @Nullable Throwable cause,
            boolean carriedOut,
            byte[][] rawResults,
            @Nullable List<Object> readableResults) {
        super(message, cause);
        this.carriedOut = carriedOut;
        this.rawResults = rawResults;
        this.readableResults = readableResults;
    }

    /**
     * The error of a call that was carried out, with the bytes that cannot be read.
     *
     * @param rawResults in the order in which they came; copied
     * @param readableResults what came with them and could be read; copied
     */
    public static SerializationException ofResults(
            String message, @Nullable Throwable cause, List<byte[]> rawResults, List<?> readableResults) {
        return new SerializationException(
                message,
                cause,
                true,
                rawResults.stream().map(byte[]::clone).toArray(byte[][]::new),
                List.copyOf(readableResults));
    }

    /** Always false: what cannot be written or read now cannot be written or read the next time. */
    @Override
    public boolean isRetryable() {
        return false;
    }

    /**
     * Whether the member carried the call out, so that only the result, or a part of it, cannot be read. For a call that only reads it says
     * nothing more than that the member answered.
     */
    @Override
    public boolean wasCarriedOut() {
        return carriedOut;
    }

    /**
     * A copy of the bytes that cannot be read, the first ones if there are several: the serialized object as the cluster holds it, eight bytes
     * of header (hash and type id) included. Empty if the call was not carried out, or if what cannot be read is not an object.
     */
    public Optional<byte[]> rawResult() {
        return rawResults.length == 0 ? Optional.empty() : Optional.of(rawResults[0].clone());
    }

    /** As {@link #rawResult()}, for calls with many results: copies of all that cannot be read, in their order. */
    public List<byte[]> rawResults() {
        return Arrays.stream(rawResults).map(byte[]::clone).toList();
    }

    /**
     * Of a call that takes several items at a time, those that could be read, in their order: they are gone from the cluster. Empty for
     * all other calls, and when this exception has itself been serialized.
     */
    public List<Object> readableResults() {
        return readableResults == null ? List.of() : readableResults;
    }

    /** The same error with something in front of its message, such as the name of the call. */
    public SerializationException in(String context) {
        return like(context + ": " + getMessage());
    }

    private SerializationException like(String message) {
        SerializationException copy =
                new SerializationException(message, getCause(), carriedOut, rawResults, readableResults);
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    @Override
    public SerializationException copyForCaller() {
        return new SerializationException(
                String.valueOf(getMessage()), getCause(), carriedOut, rawResults, readableResults);
    }
}
