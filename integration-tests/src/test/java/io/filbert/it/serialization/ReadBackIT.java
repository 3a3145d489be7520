// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.GlobalSerializerConfig;
import com.hazelcast.map.IMap;
import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.it.support.Clients;
import io.filbert.it.support.OfficialClient;
import io.filbert.it.support.SharedCluster;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.StreamSerializer;
import io.filbert.testkit.NoLeaks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What was read is what is written, for random values of every form, written by this client and by the official one:
 * {@code replaceIfSame(k, get(k), v)} is true, and each key that a view hands out finds its entry. Guards against forms that change their
 * bytes when they are read and written.
 *
 * <p>Left out are the exceptions that docs/serialization.md lists: maps and sets in Java serialization, whose number of buckets the JDK
 * does not restore; fixed sets and maps ({@code Set.of}), whose order differs from JVM to JVM; concurrent maps with enums as keys; and
 * objects of other versions of their classes.
 */
@ExtendWith(SharedCluster.class)
@NoLeaks(NoLeaks.Scope.CLASS)
final class ReadBackIT {

    private static final int VALUES = 600;

    /** Anything that no other form takes. */
    record Opaque(String text) {}

    private static final class OurGlobal implements StreamSerializer<Object> {
        @Override
        public int getTypeId() {
            return 2001;
        }

        @Override
        public void write(ObjectDataOutput out, Object object) {
            out.writeString(((Opaque) object).text());
        }

        @Override
        public Object read(ObjectDataInput in) {
            return new Opaque(Objects.requireNonNull(in.readString()));
        }
    }

    private static final class OfficialGlobal implements com.hazelcast.nio.serialization.StreamSerializer<Object> {
        @Override
        public int getTypeId() {
            return 2001;
        }

        @Override
        public void write(com.hazelcast.nio.ObjectDataOutput out, Object object) throws IOException {
            out.writeString(((Opaque) object).text());
        }

        @Override
        public Object read(com.hazelcast.nio.ObjectDataInput in) throws IOException {
            return new Opaque(Objects.requireNonNull(in.readString()));
        }
    }

    private static HazelcastClient connect(Consumer<ClientConfig.Builder> more) {
        return Clients.connect(SharedCluster.get().addresses(), config -> {
            FilbertPeer.configure(config);
            config.javaSerializationAllowed("io.filbert.it.serialization.*");
            more.accept(config);
        });
    }

    private static OfficialClient connectOfficial(Consumer<com.hazelcast.client.config.ClientConfig> more) {
        return OfficialClient.connect(SharedCluster.get(), config -> {
            OfficialPeer.configure(config.getSerializationConfig());
            more.accept(config);
        });
    }

    @Test
    void valuesOfThisClient_areWrittenAsTheyWereRead() {
        try (HazelcastClient client = connect(config -> {})) {
            BlockingDistributedMap<Object, Object> map =
                    client.<Object, Object>getMap("read-back-ours").blocking();
            assertReadBack(map, map::set, RandomValues::ours);
        }
    }

    @Test
    void valuesOfTheOfficialClient_areWrittenAsTheyWereRead() {
        try (HazelcastClient client = connect(config -> {});
                OfficialClient official = connectOfficial(config -> {})) {
            IMap<Object, Object> writers = official.map("read-back-official");
            assertReadBack(
                    client.<Object, Object>getMap("read-back-official").blocking(),
                    writers::set,
                    RandomValues::official);
        }
    }

    @Test
    void valuesOfGlobalSerializers_areWrittenAsTheyWereRead() {
        try (HazelcastClient client = connect(config -> config.globalSerializer(new OurGlobal()));
                OfficialClient official = connectOfficial(config -> config.getSerializationConfig()
                        .setGlobalSerializerConfig(
                                new GlobalSerializerConfig().setImplementation(new OfficialGlobal())))) {
            BlockingDistributedMap<Object, Object> map =
                    client.<Object, Object>getMap("read-back-global").blocking();
            IMap<Object, Object> writers = official.map("read-back-global");
            for (BiConsumer<Object, Object> writer : List.<BiConsumer<Object, Object>>of(map::set, writers::set)) {
                map.clear();
                Opaque opaque = new Opaque("text");
                writer.accept("value", opaque);
                writer.accept("list", new ArrayList<>(List.of(opaque, 1)));
                writer.accept(opaque, 1);

                assertThat(changed(map)).isEmpty();
                assertThat(map.get(opaque)).isEqualTo(1);
            }
        }
    }

    private interface Values {
        RandomValues of(Random random);
    }

    private static void assertReadBack(
            BlockingDistributedMap<Object, Object> map, BiConsumer<Object, Object> writer, Values values) {
        long seed = new Random().nextLong();
        RandomValues source = values.of(new Random(seed));
        // Without the definition of its class, no Portable can be written that lacks nested ones.
        writer.accept("definition", source.completePortable());
        map.get("definition");
        for (int i = 0; i < VALUES; i++) {
            RandomValues.Value value = source.next();
            writer.accept(value.kind() + " " + i, value.object());
            writer.accept(value.object(), value.kind() + " as a key");
        }
        assertThat(map.size()).isGreaterThan(VALUES);
        assertThat(changed(map)).as("seed %d", seed).isEmpty();
    }

    private static List<String> changed(BlockingDistributedMap<Object, Object> map) {
        List<String> changed = new ArrayList<>();
        for (Object key : map.keySet()) {
            @Nullable Object value = map.get(key);
            if (value == null || !map.containsKey(key)) {
                changed.add("key " + described(key) + " does not find its entry");
                continue;
            }
            if (!map.replaceIfSame(key, value, value)) {
                changed.add("value of " + described(key) + " is not the same: " + described(value));
            }
        }
        for (Map.Entry<Object, Object> entry : new ArrayList<>(map.entrySet())) {
            if (!map.replace(entry.getKey(), entry.getValue(), 1)) {
                changed.add("entry " + described(entry) + " is not the same");
            }
        }
        return changed;
    }

    private static String described(Object object) {
        String text = object.getClass().getName() + " " + object;
        return text.length() <= 300 ? text : text.substring(0, 300) + "...";
    }
}
