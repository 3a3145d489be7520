// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.partition.strategy.StringAndPartitionAwarePartitioningStrategy;
import com.hazelcast.partition.strategy.StringPartitioningStrategy;
import io.filbert.config.ClientConfig;
import io.filbert.config.PartitioningStrategy;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.PartitionAware;
import io.filbert.serialization.StreamSerializer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The option {@code partitioningStrategy}: without it, entries written by clients that use one were not found. */
class PartitioningTest {

    private static final int HASH_OF_NONE = 0;

    static Stream<Arguments> keysAndStrategies() {
        List<Object> keys = List.of(
                "a",
                "a@b",
                "a@b@c",
                "@",
                "a@",
                "@b",
                "",
                "ä@ö",
                7,
                7L,
                new UUID(1, 2),
                new byte[] {1},
                new ArrayList<>(List.of("a@b")));
        return keys.stream()
                .flatMap(key -> Stream.of(
                        Arguments.of(key, PartitioningStrategy.string(), StringPartitioningStrategy.INSTANCE),
                        Arguments.of(
                                key,
                                PartitioningStrategy.stringAndPartitionAware(),
                                StringAndPartitionAwarePartitioningStrategy.INSTANCE)));
    }

    @ParameterizedTest
    @MethodSource("keysAndStrategies")
    void key_hasTheSameBytesAsTheOfficialClientWrites(
            Object key, PartitioningStrategy ours, com.hazelcast.partition.PartitioningStrategy<?> theirs) {
        byte[] official = new DefaultSerializationServiceBuilder()
                .setPartitioningStrategy(theirs)
                .build()
                .toData(key)
                .toByteArray();

        assertThat(data(service(ours), key).bytes()).isEqualTo(official);
    }

    @Test
    void string_sharesThePartitionOfItsPartBehindTheFirstAt() {
        SerializationService service = service(PartitioningStrategy.string());

        assertThat(data(service, "order-1@customer-7").partitionHash())
                .isEqualTo(data(service, "customer-7").partitionHash());
        assertThat(data(service, "order-1@a@b").partitionHash())
                .isEqualTo(service.toDataOfName("a@b").partitionHash())
                .isNotEqualTo(data(service, "a@b").partitionHash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "a"})
    void string_isReadAsItWasWritten(String key) {
        SerializationService service = service(PartitioningStrategy.string());

        assertThat(service.<String>toObject(data(service, key))).isEqualTo(key);
    }

    @Test
    void partitionAware_isTheDefault_andLeavesStringsAlone() {
        SerializationService byDefault =
                new SerializationService(options().build().serialization());
        SerializationService named = service(PartitioningStrategy.partitionAware());

        for (SerializationService service : List.of(byDefault, named)) {
            assertThat(stored(data(service, "a@b"))).isEqualTo(HASH_OF_NONE);
            assertThat(stored(data(service, new Keyed("b"))))
                    .isEqualTo(data(service, "b").partitionHash());
        }
    }

    @Test
    void partitionAware_hasNoEffectBesideString_asOnTheOfficialClient() {
        assertThat(stored(data(service(PartitioningStrategy.string()), new Keyed("b"))))
                .isEqualTo(HASH_OF_NONE);
        SerializationService both = service(PartitioningStrategy.stringAndPartitionAware());
        assertThat(stored(data(both, new Keyed("b")))).isEqualTo(data(both, "b").partitionHash());
        assertThat(stored(data(both, new Keyed("b@c"))))
                .as("the strategy is not applied to a partition key")
                .isEqualTo(both.toDataOfName("b@c").partitionHash());
    }

    @Test
    void own_decidesForEveryObject() {
        SerializationService service = service(object -> object instanceof Integer number ? number % 10 : null);

        assertThat(data(service, 123).partitionHash())
                .isEqualTo(service.toDataOfName(3).partitionHash());
        assertThat(stored(data(service, 3)))
                .as("3 % 10 is 3, boxed as the same object")
                .isEqualTo(HASH_OF_NONE);
        assertThat(stored(data(service, "a@b"))).isEqualTo(HASH_OF_NONE);
        assertThat(stored(data(service, new Keyed("b")))).isEqualTo(HASH_OF_NONE);
        assertThat(service.toData(null)).isNull();
    }

    @Test
    void own_thatFails_failsTheCallAndNamesTheOption() {
        SerializationService service = service(object -> {
            throw new IllegalStateException("no idea");
        });

        assertThatThrownBy(() -> service.toData("a"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("partitioningStrategy")
                .hasMessageContaining("java.lang.String")
                .hasMessageContaining("no idea")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    // ---- helpers

    private static ClientConfig.Builder options() {
        return ClientConfig.builder().customSerializer(Keyed.class, new KeyedSerializer());
    }

    private static SerializationService service(PartitioningStrategy strategy) {
        return new SerializationService(
                options().partitioningStrategy(strategy).build().serialization());
    }

    private static Data data(SerializationService service, Object object) {
        return requireNonNull(service.toData(object));
    }

    private static int stored(Data data) {
        return ByteBuffer.wrap(data.bytes()).getInt();
    }

    private record Keyed(Object key) implements PartitionAware {
        @Override
        public Object getPartitionKey() {
            return key;
        }
    }

    private static final class KeyedSerializer implements StreamSerializer<Keyed> {

        @Override
        public int getTypeId() {
            return 9;
        }

        @Override
        public void write(ObjectDataOutput out, Keyed keyed) {}

        @Override
        public Keyed read(ObjectDataInput in) {
            return new Keyed("read");
        }
    }
}
