// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import java.util.UUID;

/**
 * A distributed object was created or destroyed, by whomever.
 *
 * @param name the name of the object
 * @param serviceName the name of the service on the members that keeps objects of this kind
 * @param type what happened to it
 * @param source the member or client that did it, as far as members tell
 */
public record DistributedObjectEvent(String name, String serviceName, Type type, UUID source) {

    /** What happened to the object. */
    public enum Type {
        /** It was created. */
        CREATED,
        /** It was destroyed, with its data. */
        DESTROYED
    }
}
