// SPDX-License-Identifier: Apache-2.0
/** Who is at the other end: credentials, and TLS through a proxy that speaks it in front of a real member. */
@NullMarked
package io.filbert.it.security;

import org.jspecify.annotations.NullMarked;
