// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.micro;

import com.hazelcast.client.impl.protocol.ClientMessage;
import com.hazelcast.client.impl.protocol.ClientMessageReader;
import com.hazelcast.client.impl.protocol.ClientMessageWriter;
import com.hazelcast.internal.serialization.impl.HeapData;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.MessageCutter;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.codec.MapGetCodec;
import io.filbert.internal.protocol.codec.MapPutCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From parameters to bytes in a socket's buffer, and from such bytes to the serialized value. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

    private static final String MAP = "benchmark-100";
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int PARTITION = 17;

    @Param({"100", "10240"})
    public int valueBytes;

    private final ByteBuffer socketBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final MessageCutter cutter = new MessageCutter(BUFFER_BYTES);
    private final MessageReader reader = new MessageReader();
    private final ClientMessageWriter officialWriter = new ClientMessageWriter();
    private final ClientMessageReader officialReader = new ClientMessageReader(BUFFER_BYTES);
    private Data key = Data.of(new byte[Data.HEADER_BYTES]);
    private Data value = key;
    private com.hazelcast.internal.serialization.Data officialKey = new HeapData();
    private com.hazelcast.internal.serialization.Data officialValue = officialKey;
    private byte[] response = {};
    private ByteBuffer officialResponse = ByteBuffer.wrap(response);
    private long correlationId;

    @Setup
    public void prepare() {
        Random random = new Random(1);
        key = Data.of(randomBytes(random, 24));
        value = Data.of(randomBytes(random, Data.HEADER_BYTES + Integer.BYTES + valueBytes));
        officialKey = new HeapData(key.bytes());
        officialValue = new HeapData(value.bytes());
        ClientMessage message = com.hazelcast.client.impl.protocol.codec.MapGetCodec.encodeResponse(officialValue);
        message.setCorrelationId(1);
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        new ClientMessageWriter().writeTo(buffer, message);
        response = new byte[buffer.position()];
        buffer.get(0, response);
        officialResponse = ByteBuffer.wrap(response).order(ByteOrder.LITTLE_ENDIAN);
        socketBuffer.order(ByteOrder.LITTLE_ENDIAN);
        if (!Objects.equals(value, decodeGet_filbert())
                || !officialValue.equals(decodeGet_official())
                || encodePut_filbert() != encodePut_official()) {
            throw new IllegalStateException("The two clients disagree");
        }
    }

    private static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Benchmark
    public int encodePut_filbert() {
        byte[] message = MapPutCodec.encodeRequest(MAP, key, value, 1, -1);
        MessageHeader.setPartitionId(message, PARTITION);
        MessageHeader.setBackupAware(message);
        MessageHeader.setCorrelationId(message, ++correlationId);
        socketBuffer.clear().put(message);
        return socketBuffer.position();
    }

    @Benchmark
    public int encodePut_official() {
        ClientMessage message = com.hazelcast.client.impl.protocol.codec.MapPutCodec.encodeRequest(
                MAP, officialKey, officialValue, 1, -1);
        message.setPartitionId(PARTITION);
        message.getStartFrame().flags |= ClientMessage.BACKUP_AWARE_FLAG;
        message.setCorrelationId(++correlationId);
        socketBuffer.clear();
        officialWriter.writeTo(socketBuffer, message);
        return socketBuffer.position();
    }

    @Benchmark
    public @Nullable Data decodeGet_filbert() {
        int end = cutter.findEnd(response, 0, response.length);
        return MapGetCodec.decodeResponse(reader.reset(response, 0, end));
    }

    @Benchmark
    public com.hazelcast.internal.serialization.@Nullable Data decodeGet_official() {
        officialReader.reset();
        officialReader.readFrom(officialResponse.rewind(), true);
        return com.hazelcast.client.impl.protocol.codec.MapGetCodec.decodeResponse(officialReader.getClientMessage());
    }
}
