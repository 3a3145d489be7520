// SPDX-License-Identifier: Apache-2.0
/**
 * What a user sees of the cluster and of the client's place in it: members and their addresses, the partition table, the
 * client's lifecycle, and what all distributed objects have in common. It knows the errors below it and no structure,
 * no configuration and no connection.
 */
@NullMarked
package io.filbert.cluster;

import org.jspecify.annotations.NullMarked;
