// SPDX-License-Identifier: Apache-2.0
package io.filbert.query;

/**
 * A condition that members check on each entry. Those of {@link Predicates} work on any member; a class of your own needs a counterpart
 * on the members, and any serialized form they can read, such as {@code IdentifiedDataSerializable}.
 */
public interface Predicate {}
