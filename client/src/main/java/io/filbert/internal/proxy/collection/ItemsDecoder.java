// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.collection;

import io.filbert.error.SerializationException;
import io.filbert.internal.blocking.NotYet;
import io.filbert.internal.connection.ResponseDecoder;
import io.filbert.internal.protocol.DataDecoder;
import io.filbert.internal.protocol.MessageReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads replies of many items. If some of them cannot be read, the error has the others, and the bytes of those: items that were taken are
 * nowhere else any more. Immutable.
 */
final class ItemsDecoder<E> implements ResponseDecoder<List<E>> {

    private record Unreadable(SerializationException error) {}

    private final DataDecoder<E> item;
    private final BiFunction<MessageReader, DataDecoder<Object>, List<Object>> response;

    /** @param response reads the items of the reply, each with the decoder */
    ItemsDecoder(DataDecoder<E> item, BiFunction<MessageReader, DataDecoder<Object>, List<Object>> response) {
        this.item = item;
        this.response = response;
    }

    @Override
    public List<E> decode(MessageReader reply) {
        return read(reply, null);
    }

    @Override
    public List<E> decodeWithout(MessageReader reply, Throwable reason) {
        return read(reply, reason);
    }

    /** @param lastTry why nothing is waited for any more, or null */
    @SuppressWarnings("unchecked") // each is an item, unless it is unreadable
    private List<E> read(MessageReader reply, @Nullable Throwable lastTry) {
        List<Object> items = response.apply(reply, (buffer, offset, length) -> read(buffer, offset, length, lastTry));
        for (Object one : items) {
            if (one instanceof Unreadable) {
                throw errorOf(items);
            }
        }
        return (List<E>) items;
    }

    private Object read(byte[] buffer, int offset, int length, @Nullable Throwable lastTry) {
        try {
            return item.decode(buffer, offset, length);
        } catch (SerializationException e) {
            return new Unreadable(e);
        } catch (OutOfMemoryError e) {
            // If there is no room for its bytes either, the whole answer fails with that error.
            return new Unreadable(SerializationException.ofResults(
                    "the heap has no room for the object that these " + length + " bytes contain (" + e + ")",
                    e,
                    List.of(Arrays.copyOfRange(buffer, offset, offset + length)),
                    List.of()));
        } catch (NotYet signal) {
            if (lastTry == null) {
                throw signal;
            }
            return new Unreadable(signal.unreadable(lastTry));
        }
    }

    private static SerializationException errorOf(List<Object> items) {
        List<Object> readable = new ArrayList<>();
        List<byte[]> raw = new ArrayList<>();
        StringBuilder places = new StringBuilder();
        @Nullable SerializationException first = null;
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Unreadable unreadable) {
                raw.addAll(unreadable.error.rawResults());
                if (first == null) {
                    first = unreadable.error;
                    places.append("item ").append(i + 1);
                }
            } else {
                readable.add(items.get(i));
            }
        }
        int missing = items.size() - readable.size();
        return SerializationException.ofResults(
                missing + " of " + items.size()
                        + " items cannot be read (rawResults() has their bytes, readableResults()"
                        + " the other items), the first of them " + places + ": "
                        + (first == null ? "" : first.getMessage()),
                first == null ? null : first.getCause(),
                raw,
                readable);
    }
}
