// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.MessageHeader;
import io.filbert.internal.protocol.PartitionHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Serialized strings, and requests about them, as any client would make them. */
final class TestData {

    static final int PARTITIONS = 271;
    private static final int STRING_TYPE = -11;

    private TestData() {}

    static Data string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Data.of(ByteBuffer.allocate(12 + utf8.length)
                .putInt(0)
                .putInt(STRING_TYPE)
                .putInt(utf8.length)
                .put(utf8)
                .array());
    }

    static int partition(Data key) {
        return PartitionHash.toPartitionId(key.partitionHash(), PARTITIONS);
    }

    /** Addresses a request to the partition of its key. */
    static byte[] to(Data key, byte[] request) {
        MessageHeader.setPartitionId(request, partition(key));
        return request;
    }
}
