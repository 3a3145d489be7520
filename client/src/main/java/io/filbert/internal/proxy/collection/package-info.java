// SPDX-License-Identifier: Apache-2.0
/** Our side of queues, and what they share with lists and sets. Knows calls and listeners, but no connection. */
@NullMarked
package io.filbert.internal.proxy.collection;

import org.jspecify.annotations.NullMarked;
