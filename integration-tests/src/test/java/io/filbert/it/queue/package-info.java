// SPDX-License-Identifier: Apache-2.0
/** Tests of queues. */
@NullMarked
package io.filbert.it.queue;

import org.jspecify.annotations.NullMarked;
