// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import io.filbert.HazelcastClient;
import io.filbert.cluster.Member;
import io.filbert.cluster.MembershipListener;
import java.util.UUID;
import java.util.function.Consumer;

/** Listening to the client's own states and to members that come and go. */
public final class Watching {

    private Watching() {}

    /** Give the addresses of members; without any, 127.0.0.1 is tried. */
    public static void main(String... members) {
        Consumer<String> log = System.out::println;
        try (HazelcastClient client = watched(log, members)) {
            System.out.println("Running: " + client.lifecycleService().isRunning());
            listAndWatch(client, log);
        }
    }

    static HazelcastClient watched(Consumer<String> log, String... members) {
        // tag::lifecycle[]
        return HazelcastClient.connect(config -> config.clusterMembers(members)
                .lifecycleListeners(state -> log.accept("The client is " + state)) // sees all states
                .membershipListeners(new MembershipListener() {
                    @Override
                    public void memberAdded(Member member) {
                        log.accept("Joined: " + member.address());
                    }

                    @Override
                    public void memberRemoved(Member member) {
                        log.accept("Left: " + member.address());
                    }
                }));
        // end::lifecycle[]
    }

    static void listAndWatch(HazelcastClient client, Consumer<String> log) {
        // tag::members[]
        for (Member member : client.clusterService().members()) {
            log.accept(member.address() + " runs " + member.version());
        }
        UUID registration = client.lifecycleService().addListener(state -> log.accept("Now " + state));
        client.lifecycleService().removeListener(registration);
        // end::members[]
    }
}
