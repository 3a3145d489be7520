// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.load;

/** One client under load, connected to the member. Calls of different threads may overlap. */
public interface Contender extends AutoCloseable {

    /** Must be called, by one thread, before calls; stores the values and makes ready what a user would keep in fields. */
    void use(Dataset dataset);

    /**
     * Calls and waits for the result.
     *
     * @param caller which of the waiting threads this is, from 0
     * @return the length of the value read, 0 for {@link Operation#SET}
     */
    int call(Operation operation, int key, int caller);

    /** Calls; the slot is told of the end. */
    void start(Operation operation, int key, Slot slot);

    @Override
    void close();
}
