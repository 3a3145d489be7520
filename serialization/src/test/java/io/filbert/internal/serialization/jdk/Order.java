// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a program stores by Java serialization. */
record Order(
        int id, List<String> lines, Kind kind, @Nullable Order next) implements Serializable {

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
