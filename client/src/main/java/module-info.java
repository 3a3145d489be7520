// SPDX-License-Identifier: Apache-2.0
/** The client: how a program reaches a Hazelcast cluster. Users start at {@link io.filbert.HazelcastClient}. */
@org.jspecify.annotations.NullMarked
module io.filbert.client {
    requires transitive io.filbert.api;
    requires io.filbert.protocol;
    requires io.filbert.serialization;
    requires static org.jspecify;
    requires static java.management;
    requires static jdk.jfr;
    requires static jdk.management;
    requires tls.channel;

    exports io.filbert;
}
