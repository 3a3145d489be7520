// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

/** The number of a Hazelcast release. Immutable. */
record Release(int major, int minor, int patch) {

    /** Parses {@code 5.7.0}, {@code 4.1} and the like; what follows the numbers is ignored. */
    static Release parse(String text) {
        if (!text.matches("\\d+\\.\\d+.*")) {
            throw new IllegalArgumentException("Not a Hazelcast release: " + text);
        }
        String[] parts = text.split("[^0-9]+");
        return new Release(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                parts.length > 2 ? Integer.parseInt(parts[2]) : 0);
    }

    boolean atLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }
}
