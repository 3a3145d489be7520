// SPDX-License-Identifier: Apache-2.0
/**
 * Turns objects into {@link io.filbert.internal.protocol.Data} and back, byte for byte as the members do it. The door is
 * {@link io.filbert.internal.serialization.SerializationService}; everything else here is its workings: the table of
 * built-in types, the cursor each form is written and read with, and the checks that keep damaged or hostile bytes from
 * costing more than an error. This package must not know that there is a network: no message, connection or member.
 */
@NullMarked
package io.filbert.internal.serialization;

import org.jspecify.annotations.NullMarked;
