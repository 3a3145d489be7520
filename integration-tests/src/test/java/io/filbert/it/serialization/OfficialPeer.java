// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.core.HazelcastJsonValue;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.nio.serialization.Portable;
import io.filbert.it.support.OfficialClient;
import io.filbert.testkit.HazelcastCluster;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The vendor's Java client. Thread-safe. */
@SuppressWarnings("removal") // Portable, while it lasts
final class OfficialPeer extends JavaPeer {

    private final OfficialClient client;

    private OfficialPeer(OfficialClient client) {
        this.client = client;
    }

    static OfficialPeer connect(HazelcastCluster cluster, ByteOrder order) {
        OfficialPeer peer = new OfficialPeer(OfficialClient.connect(
                cluster, config -> configure(config.getSerializationConfig().setByteOrder(order))));
        peer.learnDefinitions();
        return peer;
    }

    static void configure(SerializationConfig config) {
        config.addDataSerializableFactory(1, OfficialPeer::newIdentified);
        config.addPortableFactory(1, OfficialPeer::newPortable);
        config.addSerializerConfig(new SerializerConfig()
                .setTypeClass(Sample.Custom.class)
                .setImplementation(new OfficialForms.CustomForm()));
        config.getCompactSerializationConfig()
                .addSerializer(new OfficialForms.CompactForm())
                .addSerializer(new OfficialForms.CompactInnerForm());
    }

    private static IdentifiedDataSerializable newIdentified(int classId) {
        return switch (classId) {
            case 1 -> new OfficialForms.Identified();
            case 2 -> new OfficialForms.IdentifiedInner();
            default -> throw new IllegalArgumentException("No identified class " + classId);
        };
    }

    private static Portable newPortable(int classId) {
        return switch (classId) {
            case 1 -> new OfficialForms.PortableForm();
            case 2 -> new OfficialForms.PortableInner();
            default -> throw new IllegalArgumentException("No portable class " + classId);
        };
    }

    @Override
    Map<Object, Object> map(String name) {
        return client.map(name);
    }

    @Override
    @Nullable
    Object own(@Nullable Object value) {
        return toOwn(value);
    }

    @Override
    @Nullable
    Object sample(@Nullable Object own) {
        return toSample(own);
    }

    static @Nullable Object toOwn(@Nullable Object value) {
        if (value instanceof Sample.Json json) {
            return new HazelcastJsonValue(json.text());
        }
        if (value instanceof Sample.Identified sample) {
            return new OfficialForms.Identified(sample);
        }
        if (value instanceof Sample.IdentifiedInner inner) {
            return new OfficialForms.IdentifiedInner(inner);
        }
        if (value instanceof Sample.Portable sample) {
            return new OfficialForms.PortableForm(sample);
        }
        if (value instanceof Sample.PortableInner inner) {
            return new OfficialForms.PortableInner(inner);
        }
        if (value instanceof Object[] array && array.length > 0 && array[0] instanceof Sample.PortableInner) {
            return Arrays.stream(array).map(OfficialPeer::toOwn).toArray(Portable[]::new);
        }
        return value;
    }

    static @Nullable Object toSample(@Nullable Object own) {
        if (own instanceof HazelcastJsonValue json) {
            return new Sample.Json(json.getValue());
        }
        if (own instanceof OfficialForms.Own form) {
            return form.sample();
        }
        if (own instanceof Portable[] array) {
            return Arrays.stream(array).map(OfficialPeer::toSample).toArray();
        }
        return own;
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return "official";
    }
}
