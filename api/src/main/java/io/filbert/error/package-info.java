// SPDX-License-Identifier: Apache-2.0
/**
 * Everything that can go wrong, as unchecked exceptions with one root, {@link io.filbert.error.HazelcastException}. It is
 * the lowest room of all: it knows the JDK and the error codes of the protocol, and no connection, structure or
 * configuration. Mistakes of the calling program stay JDK exceptions and are not found here.
 */
@NullMarked
package io.filbert.error;

import org.jspecify.annotations.NullMarked;
