// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.serialization.FieldKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SchemasTest {

    private final Schemas schemas = new Schemas();

    @Test
    void find_unknown_isNull() {
        assertThat(schemas.find(5)).isNull();
        assertThatThrownBy(() -> schemas.get(5)).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void add_twice_isOnce() {
        Schema schema = new Schema("a", List.of(new Schema.Field("f", FieldKind.INT8)));
        schemas.add(schema);
        schemas.add(new Schema("a", List.of(new Schema.Field("f", FieldKind.INT8))));
        assertThat(schemas.all()).containsExactly(schema);
        assertThat(schemas.get(schema.id())).isSameAs(schema);
    }

    @Test
    void schema_sortsItsFieldsAsJavaComparesThem() {
        // By code point the emoji would come last; Java compares its first surrogate, which is lower than U+FF5E.
        Schema schema = new Schema(
                "a",
                List.of(
                        new Schema.Field("\uFF5E", FieldKind.INT8),
                        new Schema.Field("😀", FieldKind.INT8),
                        new Schema.Field("Z", FieldKind.INT8),
                        new Schema.Field("a", FieldKind.INT8)));
        assertThat(schema.fields().stream().map(Schema.Field::name)).containsExactly("Z", "a", "😀", "\uFF5E");
    }

    @Test
    void longTable_isAMap() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        LongTable<String> table = new LongTable<>();
        Map<Long, String> expected = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            long key = random.nextBoolean() ? random.nextInt(20_000) : random.nextLong() << 40;
            String value = "v" + i;
            if (random.nextInt(4) == 0) {
                table.put(key, value);
                expected.put(key, value);
            } else {
                String known = expected.putIfAbsent(key, value);
                assertThat(table.putIfAbsent(key, value)).as("seed %d", seed).isEqualTo(known == null ? value : known);
            }
            long other = random.nextInt(20_000);
            assertThat(table.find(other)).as("seed %d", seed).isEqualTo(expected.get(other));
        }
        assertThat(table.values()).hasSize(expected.size());
        assertThat(Set.copyOf(table.values())).isEqualTo(Set.copyOf(expected.values()));
    }

    @Test
    void longTable_losesNothingWhileItGrows() throws Exception {
        LongTable<Integer> table = new LongTable<>();
        AtomicInteger added = new AtomicInteger();
        AtomicBoolean lost = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            Random random = new Random(1);
            while (added.get() < 200_000) {
                int last = added.get();
                if (last > 0) {
                    int key = random.nextInt(last);
                    Integer value = table.find(key);
                    if (value == null || value != key) {
                        lost.set(true);
                        return;
                    }
                }
            }
        });
        reader.start();
        for (int i = 0; i < 200_000; i++) {
            table.putIfAbsent(i, i);
            added.set(i + 1);
        }
        reader.join(30_000);
        assertThat(reader.isAlive()).isFalse();
        assertThat(lost).isFalse();
    }
}
