// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.identified;

import io.filbert.cluster.Address;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.stream.DataReader;
import io.filbert.internal.serialization.stream.DataWriter;
import io.filbert.internal.serialization.stream.TypeId;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The identified objects of the members' own that reach clients: results of aggregations, messages of reliable topics. */
final class MemberObjects {

    private static final int CORE = 0;
    private static final int ADDRESS = 1;
    private static final int MAP = -4;
    private static final int LAZY_ENTRY = 120;
    private static final int TOPIC = -9;
    private static final int MESSAGE = 2;
    private static final int AGGREGATORS = -29;
    private static final int SET = 19;

    private static final byte IPV4 = 4;
    private static final byte IPV6 = 6;

    private MemberObjects() {}

    static Object read(int factoryId, int classId, int offset, DataReader in) {
        if (factoryId == AGGREGATORS && classId == SET) {
            return readSet(in);
        }
        if (factoryId == MAP && classId == LAZY_ENTRY) {
            @Nullable Object key = in.readObject();
            return new SimpleImmutableEntry<@Nullable Object, @Nullable Object>(key, in.readObject());
        }
        if (factoryId == CORE && classId == ADDRESS) {
            return readAddress(in);
        }
        if (factoryId == TOPIC && classId == MESSAGE) {
            return readMessage(in);
        }
        throw IdentifiedForm.failed(
                factoryId,
                classId,
                offset,
                "an object of the members' own, of a class that this client does not know. Objects of the program need"
                        + " a factory id above 0 (dataSerializableFactories)",
                null);
    }

    private static Set<@Nullable Object> readSet(DataReader in) {
        int count = in.readCount(Integer.BYTES);
        Set<@Nullable Object> set = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            set.add(in.readObject());
        }
        return set;
    }

    private static Address readAddress(DataReader in) {
        int offset = in.position();
        int port = in.readInt();
        in.readByte(); // the family of the address, which its text tells too
        String host = in.readString();
        if (host == null || host.isEmpty() || port < 0 || port > 65_535) {
            throw in.malformed(offset, "an address cannot be host " + host + ", port " + port, null);
        }
        return new Address(host, port);
    }

    private static void write(DataWriter out, Address address) {
        begin(out, CORE, ADDRESS);
        out.writeInt(address.port());
        out.writeByte(address.host().indexOf(':') >= 0 ? IPV6 : IPV4);
        out.writeString(address.host());
    }

    private static ReliableTopicMessage readMessage(DataReader in) {
        long publishTime = in.readLong();
        int offset = in.position();
        Object publisher = in.readObject();
        if (publisher != null && !(publisher instanceof Address)) {
            throw in.malformed(
                    offset,
                    "the publisher of a message cannot be of "
                            + publisher.getClass().getName(),
                    null);
        }
        offset = in.position();
        byte[] payload = in.readByteArray();
        if (payload == null || payload.length < DataWriter.HEADER_SIZE) {
            throw in.malformed(offset, "a message has no payload", null);
        }
        return new ReliableTopicMessage(publishTime, (Address) publisher, Data.of(payload));
    }

    static void write(DataWriter out, ReliableTopicMessage message) {
        begin(out, TOPIC, MESSAGE);
        out.writeLong(message.publishTime());
        Address publisher = message.publisher();
        if (publisher == null) {
            out.writeInt(TypeId.NULL);
        } else {
            out.writeInt(TypeId.IDENTIFIED);
            write(out, publisher);
        }
        out.writeByteArray(message.payload().bytes());
    }

    private static void begin(DataWriter out, int factoryId, int classId) {
        out.writeByte(IdentifiedForm.BY_NUMBER);
        out.writeInt(factoryId);
        out.writeInt(classId);
    }
}
