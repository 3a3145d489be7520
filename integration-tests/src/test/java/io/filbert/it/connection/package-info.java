// SPDX-License-Identifier: Apache-2.0
/** Connecting, losing connections and everything hostile in between, against real members behind a fault proxy and against scripted ones. */
@NullMarked
package io.filbert.it.connection;

import org.jspecify.annotations.NullMarked;
