// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.micro;

import com.hazelcast.internal.util.HashUtil;
import io.filbert.internal.protocol.PartitionHash;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From a serialized key to its partition. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PartitionHashBenchmark {

    private static final int PARTITIONS = 271;
    private static final int HEADER = 8;

    @Param({"11", "100"})
    public int keyBytes;

    private byte[] blob = {};

    @Setup
    public void prepare() {
        blob = new byte[HEADER + keyBytes];
        new Random(1).nextBytes(blob);
        if (hash_filbert() != hash_official()) {
            throw new IllegalStateException("The two clients disagree");
        }
    }

    @Benchmark
    public int hash_filbert() {
        return PartitionHash.toPartitionId(PartitionHash.of(blob, HEADER, blob.length - HEADER), PARTITIONS);
    }

    @Benchmark
    public int hash_official() {
        return HashUtil.hashToIndex(HashUtil.MurmurHash3_x86_32(blob, HEADER, blob.length - HEADER), PARTITIONS);
    }
}
