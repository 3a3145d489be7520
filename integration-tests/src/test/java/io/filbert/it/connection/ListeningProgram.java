// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.connection;

import io.filbert.HazelcastClient;
import io.filbert.topic.Topic;

/** A program that listens and has nothing else to do: its main thread ends. It closes its client when the first message arrives. */
final class ListeningProgram {

    private ListeningProgram() {}

    /** @param args the address of a member, and whether the threads of the client are daemons; or the address only, for the default */
    public static void main(String... args) {
        HazelcastClient client = HazelcastClient.connect(config -> {
            config.clusterMembers(args[0]);
            if (args.length > 1) {
                config.daemonThreads(Boolean.parseBoolean(args[1]));
            }
        });
        Topic<String> topic = client.getTopic("news");
        topic.addListener(message -> {
                    System.out.println("heard " + message.message());
                    client.close();
                })
                .join();
        System.out.println("main ends");
    }
}
