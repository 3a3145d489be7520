// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

/** A line of a schema file. */
public record Location(String file, int line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
