// SPDX-License-Identifier: Apache-2.0
/**
 * What a client costs a program that has just started: time to the first answer, threads, classes, bytes on disk. Each figure
 * comes from a fresh JVM that has nothing but the client on its class path.
 */
@NullMarked
package io.filbert.benchmarks.footprint;

import org.jspecify.annotations.NullMarked;
