// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares the Java blocks of a Markdown page with the sources they are quoted from. A block is preceded by a comment that
 * names its source, {@code <!-- snippet: io/filbert/examples/Personnel.java#first -->}, and equals the lines between
 * {@code tag::first[]} and {@code end::first[]} there, without common indentation.
 */
final class SnippetCheck {

    private static final Pattern FENCE = Pattern.compile("\\s*```java\\b.*");
    private static final Pattern MARKER = Pattern.compile("<!-- snippet: (\\S+)#(\\S+) -->");
    private static final Pattern TAG_LINE = Pattern.compile("\\s*// (tag|end)::\\S+\\[]");

    private final Path sources;
    private final List<String> problems = new ArrayList<>();
    private int checked;

    SnippetCheck(Path sources) {
        this.sources = sources;
    }

    /** What is wrong, one sentence each. */
    List<String> problems() {
        return problems;
    }

    /** How many blocks were found. */
    int checked() {
        return checked;
    }

    void page(Path page) throws IOException {
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            if (!FENCE.matcher(lines.get(i)).matches()) {
                continue;
            }
            String where = page.getFileName() + ":" + (i + 1);
            int end = i + 1;
            while (end < lines.size() && !lines.get(end).strip().equals("```")) {
                end++;
            }
            checked++;
            block(where, markerAbove(lines, i), lines.subList(i + 1, end));
            i = end;
        }
    }

    private static @Nullable Matcher markerAbove(List<String> lines, int fence) {
        int line = fence - 1;
        while (line >= 0 && lines.get(line).isBlank()) {
            line--;
        }
        if (line < 0) {
            return null;
        }
        Matcher marker = MARKER.matcher(lines.get(line).strip());
        return marker.matches() ? marker : null;
    }

    private void block(String where, @Nullable Matcher marker, List<String> shown) throws IOException {
        if (marker == null) {
            problems.add(where + ": no comment above the block says where it is quoted from");
            return;
        }
        Path source = sources.resolve(marker.group(1));
        String tag = marker.group(2);
        if (!Files.isRegularFile(source)) {
            problems.add(where + ": there is no " + marker.group(1));
            return;
        }
        List<String> region = region(Files.readAllLines(source), tag);
        if (region.isEmpty()) {
            problems.add(where + ": " + marker.group(1) + " has no region " + tag);
        } else if (!region.equals(shown)) {
            problems.add(where + ": the block differs from " + marker.group(1) + "#" + tag + ", which is\n"
                    + String.join("\n", region));
        }
    }

    private static List<String> region(List<String> source, String tag) {
        int begin = indexOf(source, "// tag::" + tag + "[]");
        int end = indexOf(source, "// end::" + tag + "[]");
        if (begin < 0 || end <= begin) {
            return List.of();
        }
        List<String> region = source.subList(begin + 1, end).stream()
                .filter(line -> !TAG_LINE.matcher(line).matches())
                .toList();
        int indent = region.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return region.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent))
                .toList();
    }

    private static int indexOf(List<String> source, String marker) {
        for (int i = 0; i < source.size(); i++) {
            if (source.get(i).strip().equals(marker)) {
                return i;
            }
        }
        return -1;
    }
}
