// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

import java.util.Arrays;

/**
 * Several values of one figure: the one in the middle and the two at the ends. All are {@code NaN} if nothing is known.
 *
 * @param median the middle one; of an even number the mean of the two in the middle
 */
public record Spread(double median, double least, double greatest) {

    static final Spread UNKNOWN = new Spread(Double.NaN, Double.NaN, Double.NaN);

    /** Of the values that are known, those that are not {@code NaN}. */
    public static Spread of(double... values) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return UNKNOWN;
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** Of the ratios of values that were measured in the same round, so that what slows a round down slows both. */
    public static Spread ofRatios(double[] numerators, double[] denominators) {
        double[] values = new double[Math.min(numerators.length, denominators.length)];
        for (int i = 0; i < values.length; i++) {
            values[i] = numerators[i] / denominators[i];
        }
        return of(values);
    }

    public boolean isKnown() {
        return !Double.isNaN(median);
    }
}
