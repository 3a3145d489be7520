// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

/**
 * What JMH found about one method.
 *
 * @param name class and method, with parameters
 * @param bytes allocated for each call
 */
public record Micro(String name, double nanos, double errorNanos, double bytes) {}
