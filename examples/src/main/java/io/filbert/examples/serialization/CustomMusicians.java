// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples.serialization;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.StreamSerializer;
import java.util.Map;
import java.util.Objects;

/** A class that knows nothing of the cluster, with a serializer beside it. */
public final class CustomMusicians {

    private CustomMusicians() {}

    // tag::class[]
    static final class Musician {

        final String name;

        Musician(String name) {
            this.name = name;
        }
    }
    // end::class[]

    // tag::serializer[]
    static final class MusicianSerializer implements StreamSerializer<Musician> {

        @Override
        public int getTypeId() {
            return 10; // of all types in this cluster, only this one
        }

        @Override
        public void write(ObjectDataOutput out, Musician musician) {
            out.writeString(musician.name);
        }

        @Override
        public Musician read(ObjectDataInput in) {
            return new Musician(Objects.requireNonNull(in.readString()));
        }
    }
    // end::serializer[]

    static void configure(ClientConfig.Builder config) {
        // tag::config[]
        config.customSerializers(Map.of(Musician.class, new MusicianSerializer()));
        // end::config[]
    }

    /** Give the addresses of members; without any, 127.0.0.1 is tried. */
    public static void main(String... members) {
        try (HazelcastClient client = HazelcastClient.connect(config -> {
            config.clusterMembers(members);
            configure(config);
        })) {
            BlockingDistributedMap<Integer, Musician> band =
                    client.<Integer, Musician>getMap("band").blocking();
            band.put(1, new Musician("Nina"));
            Musician first = band.get(1);
            System.out.println("On stage: " + (first == null ? "nobody" : first.name));
            band.destroy();
        }
    }
}
