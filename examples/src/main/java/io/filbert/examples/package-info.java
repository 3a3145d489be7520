// SPDX-License-Identifier: Apache-2.0
/**
 * Small programs that use the client as its users do. The documentation quotes them: a region between {@code tag::name[]} and
 * {@code end::name[]} is one snippet. Each program is run by a test against a real member, and may use nothing internal.
 */
@NullMarked
package io.filbert.examples;

import org.jspecify.annotations.NullMarked;
