// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import io.filbert.HazelcastClient;
import io.filbert.cluster.DistributedObject;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.map.EntryEvent;
import io.filbert.map.EntryListener;
import io.filbert.map.MapEvent;
import io.filbert.query.Predicates;
import java.util.UUID;
import java.util.function.Consumer;

/** Listening to changes of a map, and to structures that come and go. */
public final class MapEvents {

    private MapEvents() {}

    static UUID watchCustomers(BlockingDistributedMap<String, String> customers, Consumer<String> log) {
        // tag::listener[]
        return customers.addEntryListener(
                new EntryListener<>() {
                    @Override
                    public void entryAdded(EntryEvent<String, String> event) {
                        log.accept("Entry added: " + event.key() + "-" + event.value());
                    }

                    @Override
                    public void mapCleared(MapEvent event) {
                        log.accept("Map cleared: " + event.affectedEntries());
                    }

                    @Override
                    public void onGap() {
                        log.accept("Something may be missing here");
                    }
                },
                true); // with values
        // end::listener[]
    }

    static void watchNewOnes(BlockingDistributedMap<String, String> customers, Consumer<String> log) {
        // tag::one[]
        customers.addEntryListener(EntryListener.onAdded(event -> log.accept("New: " + event.key())), false);
        // end::one[]
    }

    static void watchSome(BlockingDistributedMap<String, Integer> stock, EntryListener<String, Integer> listener) {
        // tag::forms[]
        stock.addEntryListener(listener, "bread", true); // one key
        stock.addEntryListener(listener, Predicates.less("this", 10), true); // entries that satisfy a predicate
        stock.addEntryListener(listener, "bread", Predicates.less("this", 10), true); // both
        // end::forms[]
    }

    static UUID watchObjects(HazelcastClient client, Consumer<String> log) {
        // tag::objects[]
        UUID registration = client.addDistributedObjectListener(
                        event -> log.accept(event.name() + " " + event.serviceName() + " " + event.type()))
                .join();
        client.getMap("test-map"); // reported as CREATED
        client.getMap("test-map"); // nothing new: not reported
        // end::objects[]
        return registration;
    }

    static void list(HazelcastClient client, Consumer<String> log) {
        // tag::list[]
        for (DistributedObject object : client.getDistributedObjects()) {
            log.accept(object.toString());
        }
        // end::list[]
    }
}
