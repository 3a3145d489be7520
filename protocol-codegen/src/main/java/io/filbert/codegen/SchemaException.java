// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

/** A schema line that cannot be understood; the message starts with {@code file:line}. */
final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SchemaException(Location location, String problem) {
        super(location + ": " + problem);
    }
}
