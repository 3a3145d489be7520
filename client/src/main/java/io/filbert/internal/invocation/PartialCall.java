// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.invocation;

import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.protocol.RequestType;
import org.jspecify.annotations.Nullable;

/** One of several requests that make up a call, encoded, as for {@link Invoker#invokeOnPartition}. */
public record PartialCall<P extends @Nullable Object>(
        RequestType type, byte[] message, int partitionId, ResponseDecoder<P> decoder) {}
