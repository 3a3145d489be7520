// SPDX-License-Identifier: Apache-2.0
/** Tests of how schemas of compact objects, and objects of the user in general, pass between a client and its cluster. */
@NullMarked
package io.filbert.it.schema;

import org.jspecify.annotations.NullMarked;
