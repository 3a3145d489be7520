// SPDX-License-Identifier: Apache-2.0
package io.filbert.badhouse.internal.serialization;

import java.net.InetSocketAddress;

/** A serializer that goes to the network. */
final class OnlineSerializer {

    InetSocketAddress schemaSource() {
        return InetSocketAddress.createUnresolved("schemas", 80);
    }
}
