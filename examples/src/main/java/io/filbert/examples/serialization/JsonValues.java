// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples.serialization;

import io.filbert.HazelcastClient;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.query.Predicates;
import io.filbert.serialization.HazelcastJsonValue;
import java.util.List;
import java.util.Map;

/** JSON texts as values, queried by their fields. */
public final class JsonValues {

    private JsonValues() {}

    static void store(BlockingDistributedMap<String, HazelcastJsonValue> people) {
        // tag::put[]
        people.put("item1", new HazelcastJsonValue("{\"age\": 4}")); // from a text, kept as it is
        people.put("item2", HazelcastJsonValue.of(Map.of("age", 20))); // from an object, by Jackson if it is there
        // end::put[]
    }

    static void query(BlockingDistributedMap<String, HazelcastJsonValue> people) {
        // tag::query[]
        List<HazelcastJsonValue> young = people.values(Predicates.lessOrEqual("age", 6));
        System.out.println("Retrieved " + young.size() + " values whose age is at most 6");
        System.out.println("Entry is " + young.get(0));
        // end::query[]
    }

    /** Give the addresses of members; without any, 127.0.0.1 is tried. */
    public static void main(String... members) {
        try (HazelcastClient client = HazelcastClient.connect(config -> config.clusterMembers(members))) {
            BlockingDistributedMap<String, HazelcastJsonValue> people =
                    client.<String, HazelcastJsonValue>getMap("people").blocking();
            store(people);
            query(people);
            people.destroy();
        }
    }
}
