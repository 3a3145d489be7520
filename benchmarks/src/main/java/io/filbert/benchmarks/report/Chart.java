// SPDX-License-Identifier: Apache-2.0
package io.filbert.benchmarks.report;

import io.filbert.benchmarks.contender.Contenders;
import io.filbert.benchmarks.load.Measurement;
import io.filbert.benchmarks.load.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A picture of two panels of bars, drawn as SVG: operations per second and processor time per operation, both with the official
 * client as 1 because rows differ by orders of magnitude.
 */
public final class Chart {

    private static final int LABELS = 190;
    private static final int PANEL = 330;
    private static final int GAP = 60;
    private static final int TOP = 76;
    private static final int BAR = 9;
    private static final int ROW = 30;
    private static final String FILBERT_COLOUR = "#2563eb";
    private static final String FLOOR_COLOUR = "#9ca3af";
    private static final String OFFICIAL_COLOUR = "#b45309";

    private final Results results;
    private final List<Workload> rows = new ArrayList<>();

    public Chart(Results results) {
        this.results = results;
        for (Workload workload : results.workloads()) {
            if (results.has(workload, Contenders.FILBERT) && results.has(workload, Contenders.OFFICIAL)) {
                rows.add(workload);
            }
        }
    }

    /** The SVG document. */
    public String svg() {
        int height = TOP + rows.size() * ROW + 20;
        int width = LABELS + 2 * PANEL + GAP + 20;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                width,
                height,
                width,
                height));
        legend(svg);
        for (int i = 0; i < rows.size(); i++) {
            text(svg, LABELS - 10, TOP + i * ROW + 16, "end", MarkdownReport.describe(rows.get(i)));
        }
        panel(svg, LABELS, "operations per second (longer is better)", Measurement::operationsPerSecond);
        panel(
                svg,
                LABELS + PANEL + GAP,
                "processor time per operation (shorter is better)",
                Measurement::cpuMicrosPerOperation);
        return svg.append("</svg>\n").toString();
    }

    private static void legend(StringBuilder svg) {
        int x = LABELS;
        for (String[] entry : new String[][] {
            {FILBERT_COLOUR, "Filbert"}, {FLOOR_COLOUR, "floor"}, {OFFICIAL_COLOUR, "official 5.7.0, tuned = 1"}
        }) {
            rectangle(svg, x, 14, 12, 12, entry[0]);
            text(svg, x + 18, 25, "start", entry[1]);
            x += 100;
        }
    }

    private void panel(StringBuilder svg, int left, String title, ToDoubleFunction<Measurement> figure) {
        double greatest = 1;
        for (Workload row : rows) {
            greatest = Math.max(greatest, known(ratio(row, Contenders.FILBERT, figure)));
            greatest = Math.max(greatest, known(ratio(row, Contenders.FLOOR, figure)));
        }
        double unit = (PANEL - 40) / greatest;
        text(svg, left, TOP - 14, "start", title);
        for (int i = 0; i < rows.size(); i++) {
            int top = TOP + i * ROW;
            bar(svg, left, top + 2, unit, ratio(rows.get(i), Contenders.FILBERT, figure), FILBERT_COLOUR);
            bar(svg, left, top + 2 + BAR + 2, unit, ratio(rows.get(i), Contenders.FLOOR, figure), FLOOR_COLOUR);
        }
        double one = left + unit;
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\" stroke-width=\"2\"/>%n",
                one,
                TOP - 6,
                one,
                TOP + rows.size() * ROW,
                OFFICIAL_COLOUR));
    }

    private static double known(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    private double ratio(Workload row, Contenders contender, ToDoubleFunction<Measurement> figure) {
        return Spread.ofRatios(results.figure(row, contender, figure), results.figure(row, Contenders.OFFICIAL, figure))
                .median();
    }

    private static void bar(StringBuilder svg, int left, int top, double unit, double value, String colour) {
        if (!Double.isNaN(value)) {
            rectangle(svg, left, top, unit * value, BAR, colour);
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" font-size=\"9\">%.2f</text>%n",
                    left + unit * value + 4,
                    top + BAR - 1,
                    value));
        }
    }

    private static void rectangle(StringBuilder svg, int x, int y, double width, int height, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                x,
                y,
                width,
                height,
                colour));
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text));
    }
}
