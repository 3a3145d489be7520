// SPDX-License-Identifier: Apache-2.0
/**
 * Serialized forms between clients of different make: this client, the vendor's Java client and the vendor's Node.js client write
 * the same values into real members and read what the others wrote. Knows nothing of bytes; what is said of a type is said by what
 * comes out at the other end.
 */
@NullMarked
package io.filbert.it.serialization;

import org.jspecify.annotations.NullMarked;
