// SPDX-License-Identifier: Apache-2.0
/**
 * Where the members of a cluster may be found, and at which address each is reached from here: as configured, or as Hazelcast Cloud
 * tells. Knows addresses only; whether anybody answers there, and who, is the business of the rooms above.
 */
@org.jspecify.annotations.NullMarked
package io.filbert.internal.discovery;
