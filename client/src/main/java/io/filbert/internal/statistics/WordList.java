// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.statistics;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The words of a {@link MetricsBlob}, each written once and meant by a number afterwards. Numbers are given in the order in which words
 * are first asked for; they are written sorted, each without what it shares with the one before. Not thread-safe.
 */
final class WordList {

    /** Lengths are written as one byte. */
    static final int LONGEST_WORD = 255;

    private static final int NO_WORD = -1;

    private final Map<String, Integer> numbers = new TreeMap<>();

    static boolean canHold(@Nullable String word) {
        return word == null || word.length() <= LONGEST_WORD;
    }

    int number(@Nullable String word) {
        return word == null ? NO_WORD : numberOf(word);
    }

    private int numberOf(String word) {
        Integer known = numbers.putIfAbsent(word, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(numbers.size());
        String previous = "";
        for (Map.Entry<String, Integer> entry : numbers.entrySet()) {
            String word = entry.getKey();
            int shared = sharedLength(previous, word);
            out.writeInt(entry.getValue());
            out.writeByte(shared);
            out.writeByte(word.length() - shared);
            out.writeChars(word.substring(shared));
            previous = word;
        }
    }

    private static int sharedLength(String one, String other) {
        int most = Math.min(one.length(), other.length());
        int length = 0;
        while (length < most && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }
}
