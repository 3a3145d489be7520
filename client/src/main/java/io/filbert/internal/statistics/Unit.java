// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.statistics;

/** What a metric counts, as far as ours do; members know more units. */
enum Unit {
    BYTES(0),
    MILLISECONDS(1),
    COUNT(4);

    private final byte id;

    Unit(int id) {
        this.id = (byte) id;
    }

    /** As members know it. */
    byte id() {
        return id;
    }
}
