// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

/** Which releases the members of the cluster have. Asked for each object whose form depends on it; must not wait. */
@FunctionalInterface
public interface ClusterRelease {

    /** All members have the newest release, or none is known yet. */
    ClusterRelease NEWEST = (major, minor) -> true;

    /** Whether all members have this release or a newer one. */
    boolean isAtLeast(int major, int minor);
}
