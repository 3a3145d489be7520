// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.invocation.PartialCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Requests on many items, partition by partition. What is to be sent is serialized when its request is taken, and forgotten here; a partition
 * with much to be sent gets several requests. Not thread-safe.
 *
 * @param <I> an item
 * @param <S> an item, serialized
 * @param <P> what a request is answered with
 */
final class CutRequests<I, S, P extends @Nullable Object> implements Iterator<PartialCall<P>> {

    /** A request takes no more items once it has so many bytes. */
    private static final int ENOUGH_BYTES = 1 << 20;

    private final Iterator<? extends Map.Entry<Integer, ? extends Collection<I>>> partitions;
    private final Function<I, S> serialize;
    private final ToIntFunction<S> size;
    private final Encoder<S, P> encoder;
    private int partitionId;
    private Iterator<I> items = Collections.emptyIterator();

    /** @param byPartition belongs to this object from now on; no partition is empty */
    CutRequests(
            Map<Integer, ? extends Collection<I>> byPartition,
            Function<I, S> serialize,
            ToIntFunction<S> size,
            Encoder<S, P> encoder) {
        this.partitions = byPartition.entrySet().iterator();
        this.serialize = serialize;
        this.size = size;
        this.encoder = encoder;
    }

    @Override
    public boolean hasNext() {
        return items.hasNext() || partitions.hasNext();
    }

    @Override
    public PartialCall<P> next() {
        if (!items.hasNext()) {
            Map.Entry<Integer, ? extends Collection<I>> partition = partitions.next();
            partitionId = partition.getKey();
            items = partition.getValue().iterator();
            partitions.remove();
        }
        List<S> part = new ArrayList<>();
        long bytes = 0;
        while (items.hasNext() && bytes < ENOUGH_BYTES) {
            S item = serialize.apply(items.next());
            part.add(item);
            bytes += size.applyAsInt(item);
        }
        return encoder.encode(partitionId, part);
    }

    /** Encodes one request. */
    interface Encoder<S, P extends @Nullable Object> {
        PartialCall<P> encode(int partitionId, List<S> part);
    }
}
