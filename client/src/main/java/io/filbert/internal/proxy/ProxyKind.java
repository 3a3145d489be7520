// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy;

import io.filbert.cluster.DistributedObject;

/**
 * One kind of distributed object that this client can use.
 *
 * @param word what errors call it, such as {@code map}
 * @param serviceName the service of the members that keeps objects of this kind
 * @param maker makes the proxies
 */
public record ProxyKind(String word, String serviceName, Maker maker) {

    /** Makes a proxy. */
    @FunctionalInterface
    public interface Maker {

        DistributedObject make(String name, ObjectCalls calls);
    }
}
