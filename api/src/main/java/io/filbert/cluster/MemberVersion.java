// SPDX-License-Identifier: Apache-2.0
package io.filbert.cluster;

import java.util.Comparator;

/** The release of a member, such as 5.7.0. Ordered from old to new. */
public record MemberVersion(int major, int minor, int patch) implements Comparable<MemberVersion> {

    private static final Comparator<MemberVersion> ORDER = Comparator.comparingInt(MemberVersion::major)
            .thenComparingInt(MemberVersion::minor)
            .thenComparingInt(MemberVersion::patch);

    @Override
    public int compareTo(MemberVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
