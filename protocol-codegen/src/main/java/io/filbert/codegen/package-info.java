// SPDX-License-Identifier: Apache-2.0
/**
 * Turns the protocol schema into Java sources. Runs while the {@code protocol} module is built and is never shipped; it
 * knows the wire's layout rules and the names of the runtime methods the generated code calls, and nothing else of
 * Filbert.
 */
@org.jspecify.annotations.NullMarked
package io.filbert.codegen;
