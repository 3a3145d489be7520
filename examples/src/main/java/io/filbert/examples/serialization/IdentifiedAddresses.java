// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples.serialization;

import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.serialization.DataSerializableFactory;
import io.filbert.serialization.IdentifiedDataSerializable;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A class that writes its own fields and is known by two numbers. */
public final class IdentifiedAddresses {

    private IdentifiedAddresses() {}

    // tag::class[]
    static final class Address implements IdentifiedDataSerializable {

        static final int FACTORY_ID = 1;
        static final int CLASS_ID = 1;

        @Nullable
        String street;

        int zipCode;

        @Nullable
        String city;

        @Nullable
        String state;

        Address() {}

        Address(String street, int zipCode, String city, String state) {
            this.street = street;
            this.zipCode = zipCode;
            this.city = city;
            this.state = state;
        }

        @Override
        public int getFactoryId() {
            return FACTORY_ID;
        }

        @Override
        public int getClassId() {
            return CLASS_ID;
        }

        @Override
        public void writeData(ObjectDataOutput out) {
            out.writeString(street);
            out.writeInt(zipCode);
            out.writeString(city);
            out.writeString(state);
        }

        @Override
        public void readData(ObjectDataInput in) {
            street = in.readString();
            zipCode = in.readInt();
            city = in.readString();
            state = in.readString();
        }
    }
    // end::class[]

    // tag::factory[]
    static final DataSerializableFactory FACTORY = classId -> classId == Address.CLASS_ID ? new Address() : null;
    // end::factory[]

    static void configure(ClientConfig.Builder config) {
        // tag::config[]
        config.dataSerializableFactories(Map.of(Address.FACTORY_ID, FACTORY));
        // end::config[]
    }

    /** Give the addresses of members; without any, 127.0.0.1 is tried. */
    public static void main(String... members) {
        try (HazelcastClient client = HazelcastClient.connect(config -> {
            config.clusterMembers(members);
            configure(config);
        })) {
            BlockingDistributedMap<String, Address> homes =
                    client.<String, Address>getMap("homes").blocking();
            homes.put("Alice", new Address("1 Main Street", 94301, "Palo Alto", "CA"));
            Address home = homes.get("Alice");
            System.out.println("Alice lives in " + (home == null ? "?" : home.city + ", " + home.state));
            homes.destroy();
        }
    }
}
