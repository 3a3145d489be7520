// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

import java.util.Locale;

/** How numbers look in reports: three digits that count, a dash for what is unknown. */
final class Numbers {

    static final String UNKNOWN = "–";

    private Numbers() {}

    /** With as many decimals as three digits need; whole numbers, such as counts, with none. */
    static String plain(double value) {
        if (Double.isNaN(value)) {
            return UNKNOWN;
        }
        double size = Math.abs(value);
        int decimals = size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** In thousands from ten thousand on. */
    static String rate(double value) {
        return value >= 10_000 ? plain(value / 1000) + " k" : plain(value);
    }

    static String ratio(Spread spread) {
        return Double.isNaN(spread.median())
                ? UNKNOWN
                : String.format(
                        Locale.ROOT, "**%.2f** (%.2f–%.2f)", spread.median(), spread.least(), spread.greatest());
    }

    static String shortRatio(double value) {
        return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, "%.2f", value);
    }
}
