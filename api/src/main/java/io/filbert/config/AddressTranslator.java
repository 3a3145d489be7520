// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import io.filbert.cluster.Address;

/**
 * Turns the addresses that members have among themselves into those at which this client reaches them, such as through a port
 * mapping or a tunnel.
 *
 * <p>Asked anew for every attempt to connect. It may be called by several threads at once, and may take its time: the time counts
 * towards {@code connectionTimeout}. A failure, or null, fails that attempt, like a member that is not there.
 */
@FunctionalInterface
public interface AddressTranslator {

    /**
     * The address to connect to.
     *
     * @param address where a member says it is reached
     */
    Address translate(Address address);
}
