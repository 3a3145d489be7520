// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.vectors;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** One reference object in one byte order, as a release has written it. */
record Vector(String release, String name, ByteOrder order, byte @Nullable [] bytes) {

    @Override
    public String toString() {
        return name + ", " + order + ", of " + release;
    }
}
