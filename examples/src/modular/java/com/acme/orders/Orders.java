// SPDX-License-Identifier: Apache-2.0
package com.acme.orders;

import io.filbert.HazelcastClient;
import io.filbert.map.BlockingDistributedMap;

/** A modular application that stores a record of its own. Give the address of a member. */
public final class Orders {

    private Orders() {}

    record Order(String article, int count) {}

    public static void main(String... members) {
        try (HazelcastClient client = HazelcastClient.connect(config -> config.clusterMembers(members))) {
            BlockingDistributedMap<Integer, Order> orders =
                    client.getMap("orders", Integer.class, Order.class).blocking();
            orders.put(1, new Order("bread", 2));
            System.out.println(Orders.class.getModule() + " stored " + orders.get(1));
        }
    }
}
