// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.serialization.HazelcastJsonValue;
import io.filbert.serialization.IdentifiedDataSerializable;
import io.filbert.serialization.Portable;
import io.filbert.testkit.HazelcastCluster;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** This client. Thread-safe. */
final class FilbertPeer extends JavaPeer {

    private final HazelcastClient client;

    private FilbertPeer(HazelcastClient client) {
        this.client = client;
    }

    static FilbertPeer connect(HazelcastCluster cluster, ByteOrder order) {
        FilbertPeer peer = new FilbertPeer(Clients.connect(
                cluster.addresses(), config -> configure(config.isBigEndian(order == ByteOrder.BIG_ENDIAN))));
        peer.learnDefinitions();
        return peer;
    }

    static void configure(ClientConfig.Builder config) {
        config.dataSerializableFactories(Map.of(1, FilbertPeer::newIdentified))
                .portableFactories(Map.of(1, FilbertPeer::newPortable))
                .customSerializers(Map.of(Sample.Custom.class, new FilbertForms.CustomForm()))
                .compactSerializers(new FilbertForms.CompactForm(), new FilbertForms.CompactInnerForm());
    }

    private static @Nullable IdentifiedDataSerializable newIdentified(int classId) {
        return switch (classId) {
            case 1 -> new FilbertForms.Identified();
            case 2 -> new FilbertForms.IdentifiedInner();
            default -> null;
        };
    }

    private static @Nullable Portable newPortable(int classId) {
        return switch (classId) {
            case 1 -> new FilbertForms.PortableForm();
            case 2 -> new FilbertForms.PortableInner();
            default -> null;
        };
    }

    @Override
    Map<Object, Object> map(String name) {
        DistributedMap<Object, Object> map = client.getMap(name);
        return map.blocking();
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
            return new FilbertForms.Identified(sample);
        }
        if (value instanceof Sample.IdentifiedInner inner) {
            return new FilbertForms.IdentifiedInner(inner);
        }
        if (value instanceof Sample.Portable sample) {
            return new FilbertForms.PortableForm(sample);
        }
        if (value instanceof Sample.PortableInner inner) {
            return new FilbertForms.PortableInner(inner);
        }
        if (value instanceof Object[] array && array.length > 0 && array[0] instanceof Sample.PortableInner) {
            return Arrays.stream(array).map(FilbertPeer::toOwn).toArray(Portable[]::new);
        }
        return value;
    }

    static @Nullable Object toSample(@Nullable Object own) {
        if (own instanceof HazelcastJsonValue json) {
            return new Sample.Json(json.toString());
        }
        if (own instanceof FilbertForms.Own form) {
            return form.sample();
        }
        if (own instanceof Portable[] array) {
            return Arrays.stream(array).map(FilbertPeer::toSample).toArray();
        }
        return own;
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return "Filbert";
    }
}
