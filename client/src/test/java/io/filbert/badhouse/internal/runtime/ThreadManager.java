// SPDX-License-Identifier: Apache-2.0
package io.filbert.badhouse.internal.runtime;

import com.hazelcast.core.HazelcastInstance;

/** A name that says nothing, for a class that hides the vendor's client. */
final class ThreadManager {

    boolean runs(HazelcastInstance vendor) {
        return vendor.getLifecycleService().isRunning();
    }
}
