// SPDX-License-Identifier: Apache-2.0
/**
 * One logical call of the user: which connection it takes, when it is sent again, when it ends. Bounds how much is in flight. It
 * knows connections and the cluster below it, and nothing of structures: those hand it an encoded request and a decoder.
 */
@NullMarked
package io.filbert.internal.invocation;

import org.jspecify.annotations.NullMarked;
