// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import io.filbert.testkit.HazelcastCluster;
import java.nio.ByteOrder;

/** With a member of the other byte order. */
final class LittleEndianInteropIT extends ThreeWayInterop {

    LittleEndianInteropIT() {
        super(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    HazelcastCluster takeCluster() {
        return HazelcastCluster.builder()
                .configXml("<serialization><byte-order>LITTLE_ENDIAN</byte-order></serialization>")
                .start();
    }

    @Override
    void giveBack(HazelcastCluster cluster) {
        cluster.close();
    }
}
