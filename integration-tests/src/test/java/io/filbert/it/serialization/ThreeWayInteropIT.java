// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import io.filbert.it.support.SharedCluster;
import io.filbert.testkit.HazelcastCluster;
import java.nio.ByteOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** With members as they are without configuration: big-endian, and three of them, so that each key must find the right one. */
@ExtendWith(SharedCluster.class)
final class ThreeWayInteropIT extends ThreeWayInterop {

    ThreeWayInteropIT() {
        super(ByteOrder.BIG_ENDIAN);
    }

    @Override
    HazelcastCluster takeCluster() {
        return SharedCluster.get();
    }

    @Override
    void giveBack(HazelcastCluster cluster) {
        // It is everybody's.
    }
}
