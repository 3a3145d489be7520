// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

/** An entry of the map together with its bytes. Immutable, but for the objects. */
record FetchedEntry<K, V>(Fetched<K> key, Fetched<V> value) {}
