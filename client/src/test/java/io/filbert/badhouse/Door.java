// SPDX-License-Identifier: Apache-2.0
package io.filbert.badhouse;

import io.filbert.badhouse.internal.cluster.MemberTable;

/** Shows an internal type to users. */
public final class Door {

    public MemberTable members() {
        return new MemberTable();
    }
}
