// SPDX-License-Identifier: Apache-2.0
package io.filbert.badhouse.internal.cluster;

/** Something in a room above the transport. */
public final class MemberTable {}
