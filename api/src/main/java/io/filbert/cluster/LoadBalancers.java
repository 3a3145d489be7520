// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The load balancers that come with the client. */
public final class LoadBalancers {

    private LoadBalancers() {}

    /** A new balancer that takes the members in turn, beginning with the first. */
    public static LoadBalancer roundRobin() {
        AtomicInteger turn = new AtomicInteger();
        return members -> members.get(Integer.remainderUnsigned(turn.getAndIncrement(), members.size()));
    }

    /** A balancer that takes any member with equal probability. */
    public static LoadBalancer random() {
        return members -> members.get(ThreadLocalRandom.current().nextInt(members.size()));
    }
}
