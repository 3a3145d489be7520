// SPDX-License-Identifier: Apache-2.0
package io.filbert.badhouse.internal.proxy;

import io.filbert.badhouse.map.TalkativeMap;

/** Used by its own contract, which makes a circle of packages. */
public final class MapImplementation implements TalkativeMap {}
