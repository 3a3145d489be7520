// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.internal.serialization.schema.UnknownSchemaException;
import io.filbert.mixed.MixedObjects;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a member delivers as an object: it is read, or refused with an error that says so, in bounded time and memory. The build fuzzes
 * for a while with the coverage as its guide; without that it only runs the seeds.
 */
class DeserializationFuzzTest {

    /** What an error may cost, and the first look at a class. */
    private static final long COST = 1 << 20;
    /** What a byte may cost: most for Java's object streams, each of which has buffers of its own. */
    private static final long COST_PER_BYTE = 512;

    private static final long MAX_NANOS = 2_000_000_000L;
    private static final int GRAPHS = 60;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Schemas SCHEMAS = new Schemas();

    /** Valid objects of every form, in the byte order that the byte in front of them names. */
    static Stream<byte[]> seeds() {
        Map<String, Function<Integer, Object>> keys =
                MixedGraph.ours(new Random(1)).keys();
        Stream<Object> forms = keys.values().stream().map(source -> source.apply(1));
        Stream<Object> kinds = Kind.all().stream().map(kind -> kind.random().apply(new Random(1)));
        Stream<Object> graphs = IntStream.range(0, GRAPHS).mapToObj(seed ->
                (Object) new Object[] {MixedGraph.ours(new Random(seed)).object(MixedGraph.MAX_DEPTH)});
        return Stream.of(forms, kinds, graphs)
                .flatMap(objects -> objects)
                .flatMap(object -> Stream.of(seed(0, object), seed(1, object)));
    }

    private static byte[] seed(int order, Object object) {
        byte[] data = requireNonNull(service(order).toData(object)).bytes();
        byte[] seed = new byte[data.length + 1];
        seed[0] = (byte) order;
        System.arraycopy(data, 0, seed, 1, data.length);
        return seed;
    }

    /** A new one each time, so that what it learned from one input cannot decide about another. */
    private static SerializationService service(int order) {
        return MixedObjects.ours((order & 1) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, SCHEMAS);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "15s")
    void read(byte[] input) {
        if (input.length == 0) {
            return;
        }
        long bound = COST + COST_PER_BYTE * input.length;
        long cost = costOfReading(input);
        // The first time may load classes, which the fuzzer instruments at a price.
        if (cost > bound && (cost = costOfReading(input)) > bound) {
            throw new AssertionError(input.length + " bytes cost " + cost + " bytes of memory");
        }
    }

    /** In bytes of memory. The time is that of this thread alone: others may have the machine. */
    private static long costOfReading(byte[] input) {
        SerializationService service = service(input[0]);
        long nanos = THREADS.getCurrentThreadCpuTime();
        long allocated = Allocations.ofThisThread();
        try {
            service.toObject(input, 1, input.length - 1);
        } catch (SerializationException | UnknownSchemaException expected) {
            // the only ones that may come out
        }
        allocated = Allocations.ofThisThread() - allocated;
        nanos = THREADS.getCurrentThreadCpuTime() - nanos;
        if (nanos > MAX_NANOS) {
            throw new AssertionError(input.length + " bytes took " + nanos + " ns");
        }
        return allocated;
    }
}
