// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit;

import java.util.List;

/** Looks for one kind of thing that must be gone when a test has ended; see {@link LeakCheck#watch}. */
@FunctionalInterface
public interface LeakProbe {

    /** What is still there, each described in a line of its own; empty if nothing is. Called repeatedly. */
    List<String> leaks();
}
