// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import io.filbert.internal.connection.Dialer;
import io.filbert.internal.discovery.AddressProvider;

/**
 * The way into one of the clusters that the client may connect to.
 *
 * @param clusterName what its members call it
 * @param addresses where its members are
 * @param dialer opens connections that its members accept
 */
public record ClusterAccess(String clusterName, AddressProvider addresses, Dialer dialer) {}
