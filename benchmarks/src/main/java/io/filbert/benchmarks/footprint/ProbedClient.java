// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.footprint;

import org.jspecify.annotations.Nullable;

/** A client in a {@link FootprintProbe}, as little as it takes to get a value. */
interface ProbedClient extends AutoCloseable {

    byte @Nullable [] get(String map, String key);

    @Override
    void close();
}
