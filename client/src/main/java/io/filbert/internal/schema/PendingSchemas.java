// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.schema;

import io.filbert.internal.invocation.SendGate;
import io.filbert.internal.serialization.schema.Schema;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The schemas that the cluster does not know yet. A message that holds the id of one of them is held back until it does: so an object
 * is serialized once, when the user calls, and nothing has to be done again.
 *
 * <p>Whether a message holds an id is found out by looking for its eight bytes. Other bytes may happen to be the same, once in
 * 2<sup>64</sup> positions; then a message waits that need not. Nothing is looked for while nothing is pending, which is nearly always.
 *
 * <p>Thread-safe.
 */
public final class PendingSchemas implements SendGate {

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** One schema on its way, possibly for the second time. */
    static final class Publication {

        private final Schema schema;
        private final Consumer<Publication> send;
        private final ReentrantLock trying = new ReentrantLock();
        private volatile CompletableFuture<Void> known = new CompletableFuture<>();

        private Publication(Schema schema, Consumer<Publication> send) {
            this.schema = schema;
            this.send = send;
        }

        Schema schema() {
            return schema;
        }

        /** The cluster will not know the schema, as things are. Messages that come later make it try again. */
        void failed(Throwable reason) {
            known.completeExceptionally(reason);
        }

        private CompletableFuture<Void> known() {
            if (!known.isCompletedExceptionally()) {
                return known;
            }
            CompletableFuture<Void> again;
            trying.lock();
            try {
                if (!known.isCompletedExceptionally()) {
                    return known;
                }
                again = new CompletableFuture<>();
                known = again;
            } finally {
                trying.unlock();
            }
            send.accept(this);
            return again;
        }
    }

    private final boolean bigEndian;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile List<Publication> pending = List.of();

    /** @param bigEndian the byte order of serialized objects */
    public PendingSchemas(boolean bigEndian) {
        this.bigEndian = bigEndian;
    }

    @Override
    public @Nullable CompletableFuture<?> holds(byte[] message) {
        List<Publication> now = pending;
        if (now.isEmpty()) {
            return null;
        }
        List<CompletableFuture<Void>> missing = new ArrayList<>();
        for (Publication publication : now) {
            if (contains(message, publication.schema.id())) {
                missing.add(publication.known());
            }
        }
        return missing.isEmpty() ? null : CompletableFuture.allOf(missing.toArray(new CompletableFuture<?>[0]));
    }

    private boolean contains(byte[] message, long id) {
        long wanted = bigEndian ? id : Long.reverseBytes(id);
        for (int at = 0; at <= message.length - Long.BYTES; at++) {
            if ((long) BIG_ENDIAN.get(message, at) == wanted) {
                return true;
            }
        }
        return false;
    }

    /**
     * Holds messages with this schema back from now on, and has it sent.
     *
     * @param send called now, and again when a message needs the schema after the publication failed
     */
    void begin(Schema schema, Consumer<Publication> send) {
        Publication publication = new Publication(schema, send);
        changing.lock();
        try {
            if (pending.stream().anyMatch(other -> other.schema.id() == schema.id())) {
                return;
            }
            List<Publication> after = new ArrayList<>(pending);
            after.add(publication);
            pending = List.copyOf(after);
        } finally {
            changing.unlock();
        }
        send.accept(publication);
    }

    /** The cluster knows the schema: lets the messages go. */
    void done(Publication publication) {
        changing.lock();
        try {
            pending = pending.stream().filter(other -> other != publication).toList();
        } finally {
            changing.unlock();
        }
        publication.known.complete(null);
    }
}
