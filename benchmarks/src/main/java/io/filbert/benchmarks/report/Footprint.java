// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

/**
 * What one fresh JVM showed.
 *
 * @param firstGetNanos from before the client was created to the first value
 * @param threads started by the client and alive after a thousand gets
 * @param classes loaded by then, those of the JVM itself included; -1 in runs that did not count them
 */
public record Footprint(long connectNanos, long firstGetNanos, int threads, int classes) {}
