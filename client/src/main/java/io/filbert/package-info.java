// SPDX-License-Identifier: Apache-2.0
/**
 * The door of the client: {@link io.filbert.HazelcastClient} connects to a cluster and hands out its structures. Here the rooms are
 * put together; nothing imports this package.
 */
@NullMarked
package io.filbert;

import org.jspecify.annotations.NullMarked;
