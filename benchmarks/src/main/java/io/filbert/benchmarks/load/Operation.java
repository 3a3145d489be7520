// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.load;

/** What one call does. */
public enum Operation {
    GET,
    SET
}
