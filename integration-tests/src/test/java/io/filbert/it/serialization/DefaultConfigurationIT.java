// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.SerializationException;
import io.filbert.it.support.OnSharedCluster;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.query.Predicates;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Everyday objects with the default configuration, on real members that have none of the classes. */
final class DefaultConfigurationIT extends OnSharedCluster {

    enum Level {
        JUNIOR,
        SENIOR {
            @Override
            public String toString() {
                return "old";
            }
        }
    }

    record Worker(String name, Level level) {}

    record Order(int id) implements Serializable {}

    @SuppressWarnings("serial")
    static final class Bean implements Serializable {
        int number = 1;
    }

    /** Guards against an entry that is stored, and then spoils each bulk read of its map. */
    @Test
    void objects_areReadAgain_asValuesAndAsKeys() {
        BlockingDistributedMap<Object, Object> map = newMapOfThis();
        List<Object> objects = List.of(
                Level.SENIOR,
                new Order(1),
                new EnumMap<>(Map.of(Level.JUNIOR, 1)),
                EnumSet.of(Level.SENIOR),
                List.of(new Worker("a", Level.JUNIOR)),
                Stream.of(new Worker("b", Level.SENIOR)).toList());
        for (Object object : objects) {
            map.put(object, object);
        }

        assertThat(new ArrayList<>(map.values())).containsExactlyInAnyOrderElementsOf(objects);
        assertThat(new ArrayList<>(map.keySet())).containsExactlyInAnyOrderElementsOf(objects);
        for (Object object : objects) {
            assertThat(map.get(object)).isEqualTo(object);
            assertThat(map.replaceIfSame(object, java.util.Objects.requireNonNull(map.get(object)), object))
                    .isTrue();
        }
    }

    @Test
    void classThatCouldNotBeRead_isRefused_andNotStored() {
        BlockingDistributedMap<String, Object> map = this.<String, Object>newMapOfThis();

        assertThatThrownBy(() -> map.put("bad", new Bean()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("javaSerializationAllowed(\"" + Bean.class.getName() + "\")");
        assertThat(map.size()).isZero();
    }

    private <K, V> BlockingDistributedMap<K, V> newMapOfThis() {
        return OnSharedCluster.<K, V>newMap().blocking();
    }

    /** Guards against a constant that members look for by its class, and compare with a name. */
    @Test
    void enums_matchInPredicates() {
        BlockingDistributedMap<Integer, Worker> map = this.<Integer, Worker>newMapOfThis();
        map.put(1, new Worker("a", Level.SENIOR));
        map.put(2, new Worker("b", Level.JUNIOR));

        assertThat(map.keySet(Predicates.equal("level", Level.SENIOR))).containsExactly(1);
        assertThat(map.keySet(Predicates.notEqual("level", Level.SENIOR))).containsExactly(2);
        assertThat(map.keySet(Predicates.in("level", Level.JUNIOR, Level.SENIOR)))
                .isEqualTo(Set.of(1, 2));
        assertThat(map.keySet(Predicates.in("level", (Object[]) new Level[] {Level.JUNIOR})))
                .containsExactly(2);
        assertThat(map.keySet(Predicates.greater("level", Level.JUNIOR))).containsExactly(1);
        assertThat(map.keySet(Predicates.between("level", Level.JUNIOR, Level.JUNIOR)))
                .containsExactly(2);
    }
}
