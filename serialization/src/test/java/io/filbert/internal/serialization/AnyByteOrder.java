// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import java.nio.ByteOrder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;

/** Either byte order, for a property that holds in both. */
public final class AnyByteOrder implements ArbitrarySupplier<ByteOrder> {

    @Override
    public Arbitrary<ByteOrder> get() {
        return Arbitraries.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);
    }
}
