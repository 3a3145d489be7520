// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.collection;

import io.filbert.internal.protocol.Data;

/**
 * An item together with the bytes it was read from, which are what it is removed by: writing it anew may give others. Immutable, but for
 * the item.
 */
record FetchedItem<E>(Data data, E item) {}
