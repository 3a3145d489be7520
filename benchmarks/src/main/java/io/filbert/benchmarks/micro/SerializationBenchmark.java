// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.micro;

import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From objects to their serialized form and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SerializationBenchmark {

    /** What is serialized. */
    public enum Kind {
        STRING {
            @Override
            Object value() {
                return "personnel-4711";
            }
        },
        LONG {
            @Override
            Object value() {
                return 4_711_000_000L;
            }
        },
        BYTES {
            @Override
            Object value() {
                byte[] bytes = new byte[100];
                new Random(1).nextBytes(bytes);
                return bytes;
            }
        },
        INTEGER {
            @Override
            Object value() {
                return 4711;
            }
        },
        DOUBLE {
            @Override
            Object value() {
                return 47.11;
            }
        },
        UNIQUE_ID {
            @Override
            Object value() {
                return new UUID(4711, 4712);
            }
        },
        DECIMAL {
            @Override
            Object value() {
                return new BigDecimal("4711.0815");
            }
        },
        OFFSET_DATE_TIME {
            @Override
            Object value() {
                return OffsetDateTime.of(2024, 2, 29, 12, 34, 56, 789_000_000, ZoneOffset.ofHours(2));
            }
        },
        TEXT_1000 {
            @Override
            Object value() {
                return "personnel-".repeat(100);
            }
        },
        UMLAUTS {
            @Override
            Object value() {
                return "\u00fcberpr\u00fcfen-4711";
            }
        },
        INTS_100 {
            @Override
            Object value() {
                return new Random(1).ints(100).toArray();
            }
        },
        STRINGS_10 {
            @Override
            Object value() {
                return IntStream.range(0, 10).mapToObj(i -> "text " + i).toArray(String[]::new);
            }
        },
        LIST_10 {
            @Override
            Object value() {
                return IntStream.range(0, 10)
                        .mapToObj(i -> "text " + i)
                        .collect(Collectors.toCollection(ArrayList::new));
            }
        },
        MAP_10 {
            @Override
            Object value() {
                Map<String, Integer> map = new HashMap<>();
                IntStream.range(0, 10).forEach(i -> map.put("key " + i, i));
                return map;
            }
        };

        abstract Object value();
    }

    @Param
    public Kind kind = Kind.STRING;

    private final SerializationService filbert = new SerializationService();
    private final com.hazelcast.internal.serialization.SerializationService official =
            new DefaultSerializationServiceBuilder().build();
    private Object object = "";
    private @Nullable Data data;
    private com.hazelcast.internal.serialization.@Nullable Data officialData;

    @Setup
    public void prepare() {
        object = kind.value();
        data = toData_filbert();
        officialData = toData_official();
        if (data == null
                || !Arrays.equals(data.bytes(), officialData.toByteArray())
                || !Arrays.deepEquals(new Object[] {toObject_filbert()}, new Object[] {toObject_official()})) {
            throw new IllegalStateException("The two clients disagree");
        }
    }

    @Benchmark
    public @Nullable Data toData_filbert() {
        return filbert.toData(object);
    }

    @Benchmark
    public com.hazelcast.internal.serialization.Data toData_official() {
        return official.toData(object);
    }

    @Benchmark
    public @Nullable Object toObject_filbert() {
        return filbert.toObject(data);
    }

    @Benchmark
    public @Nullable Object toObject_official() {
        return official.toObject(officialData);
    }
}
