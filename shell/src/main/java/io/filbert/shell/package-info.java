// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: {@code demo} shows the client at work. It is written on the public API like any user's program and must
 * not know anything internal; it is the only room besides tests and benchmarks that may start a real member in its own
 * process.
 */
@NullMarked
package io.filbert.shell;

import org.jspecify.annotations.NullMarked;
