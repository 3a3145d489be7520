// SPDX-License-Identifier: Apache-2.0
package io.filbert.badhouse.map;

import io.filbert.badhouse.internal.proxy.MapImplementation;

/** A contract that reaches its implementation. */
public interface TalkativeMap {

    static TalkativeMap create() {
        return new MapImplementation();
    }
}
