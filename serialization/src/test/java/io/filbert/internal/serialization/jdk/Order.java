// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What a program stores by Java serialization. */
record Order(
        int id, List<String> lines, Kind kind, @Nullable Order next) implements Serializable {

    static Order random(Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            lines.add(Integer.toString(random.nextInt(1 << 20), 36));
        }
        return new Order(
                random.nextInt(),
                random.nextBoolean() ? lines : List.copyOf(lines),
                random.nextBoolean() ? Order.Kind.SMALL : Order.Kind.LARGE,
                random.nextInt(3) == 1 ? random(random) : null);
    }

    enum Kind {
        SMALL,
        LARGE {
            @Override
            boolean heavy() {
                return true;
            }
        };

        boolean heavy() {
            return false;
        }
    }
}
