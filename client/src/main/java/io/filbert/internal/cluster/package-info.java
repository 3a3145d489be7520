// SPDX-License-Identifier: Apache-2.0
/**
 * What the client knows of the cluster and how it stays connected: the member list, the partition table, whom to dial and when,
 * heartbeats, and the lifecycle that users see. It decides; the connection room below carries out and reports. It knows nothing of
 * user calls, only which connection one should take.
 */
@NullMarked
package io.filbert.internal.cluster;

import org.jspecify.annotations.NullMarked;
