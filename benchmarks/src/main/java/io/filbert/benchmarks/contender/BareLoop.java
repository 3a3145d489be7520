// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.contender;

import io.filbert.benchmarks.load.Contender;
import io.filbert.benchmarks.load.Dataset;
import io.filbert.benchmarks.load.Operation;
import io.filbert.benchmarks.load.Slot;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.PartitionHash;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapSetCodec;
import io.filbert.internal.serialization.SerializationService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The floor: requests encoded in advance, one socket, replies matched by array index and not decoded. No futures, deadlines,
 * retries or backup acks. What it needs, any client on the JDK's sockets needs.
 */
final class BareLoop implements Contender {

    /** More than any workload has callers or calls in flight. */
    private static final int SLOTS = 4096;

    private static final int WAITING = 1;
    private static final int ENDED = 2;

    private final BareSocket socket;
    private final AtomicIntegerArray states = new AtomicIntegerArray(SLOTS);
    private final @Nullable Thread[] waiters = new Thread[SLOTS];
    private final @Nullable Slot[] slots = new Slot[SLOTS];
    private final int[] resultBytes = new int[SLOTS];
    private byte[][] gets = {};
    private byte[][] sets = {};

    private BareLoop(String address) throws IOException {
        socket = new BareSocket(address, SLOTS, this::onReply);
        socket.start();
    }

    static BareLoop connect(String address) {
        try {
            return new BareLoop(address);
        } catch (IOException e) {
            throw new UncheckedIOException("The floor could not connect to " + address, e);
        }
    }

    @Override
    public void use(Dataset dataset) {
        SerializationService serialization = new SerializationService();
        Data value = Objects.requireNonNull(serialization.toData(dataset.value()));
        int count = dataset.keyCount();
        gets = new byte[count][];
        sets = new byte[count][];
        for (int i = 0; i < count; i++) {
            Data key = Objects.requireNonNull(serialization.toData(dataset.key(i)));
            int partitionId = PartitionHash.toPartitionId(key.partitionHash(), socket.partitionCount());
            gets[i] = MapGetCodec.encodeRequest(dataset.mapName(), key, 1);
            sets[i] = MapSetCodec.encodeRequest(dataset.mapName(), key, value, 1, -1);
            MessageHeader.setPartitionId(gets[i], partitionId);
            MessageHeader.setPartitionId(sets[i], partitionId);
        }
        for (int i = 0; i < count; i++) {
            call(Operation.SET, i, 0);
        }
    }

    private byte[] request(Operation operation, int key) {
        return operation == Operation.GET ? gets[key] : sets[key];
    }

    @Override
    public int call(Operation operation, int key, int caller) {
        waiters[caller] = Thread.currentThread();
        states.set(caller, WAITING);
        socket.send(caller, request(operation, key));
        while (states.get(caller) != ENDED) {
            socket.requireOpen();
            LockSupport.park(this);
        }
        waiters[caller] = null;
        return resultBytes[caller];
    }

    @Override
    public void start(Operation operation, int key, Slot slot) {
        slots[slot.index()] = slot;
        socket.send(slot.index(), request(operation, key));
    }

    /** On the socket's thread. */
    private void onReply(int index, int bytes) {
        Thread waiter = waiters[index];
        if (waiter == null) {
            Objects.requireNonNull(slots[index]).end(bytes);
            return;
        }
        resultBytes[index] = bytes;
        states.set(index, ENDED);
        LockSupport.unpark(waiter);
    }

    @Override
    public void close() {
        socket.close();
    }
}
