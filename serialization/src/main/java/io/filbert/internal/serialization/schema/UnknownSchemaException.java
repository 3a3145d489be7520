// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.schema;

/**
 * Says that an object cannot be read before its schema has been fetched. A signal, not an error: whoever reads for the user fetches
 * the schema and reads again. It carries no stack.
 */
@SuppressWarnings("serial") // never leaves the JVM
public final class UnknownSchemaException extends RuntimeException {

    private final long schemaId;

    public UnknownSchemaException(long schemaId) {
        super("No schema has the id " + schemaId + " (0x" + Long.toHexString(schemaId) + ")", null, false, false);
        this.schemaId = schemaId;
    }

    /** The id of the schema that is missing. */
    public long schemaId() {
        return schemaId;
    }
}
