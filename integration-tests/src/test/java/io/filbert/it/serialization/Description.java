// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import java.lang.reflect.Array;
import java.util.Date;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Values as text that tells their classes and all that is in them: values are the same if their texts are. Stateless. */
final class Description {

    private static final int SHOWN = 300;

    private Description() {}

    /** {@link InteropPeer#OK}, or both values around the place of the first difference. */
    static String compare(Object expected, @Nullable Object actual) {
        String wanted = of(expected);
        String got = of(actual);
        if (wanted.equals(got)) {
            return InteropPeer.OK;
        }
        int same = 0;
        while (same < Math.min(wanted.length(), got.length()) && wanted.charAt(same) == got.charAt(same)) {
            same++;
        }
        return "different: expected " + excerpt(wanted, same) + " got " + excerpt(got, same);
    }

    private static String excerpt(String text, int around) {
        int from = Math.max(0, around - SHOWN / 2);
        int to = Math.min(text.length(), around + SHOWN / 2);
        return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
    }

    static String of(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        Class<?> type = value.getClass();
        if (type.isArray()) {
            StringJoiner elements =
                    new StringJoiner(", ", type.getComponentType().getSimpleName() + "[", "]");
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(of(Array.get(value, i)));
            }
            return elements.toString();
        }
        if (value instanceof List<?> list) {
            return type.getSimpleName() + of(list.toArray());
        }
        if (value instanceof Sample.Identified sample) {
            return "Identified" + of(sample.fields());
        }
        if (value instanceof Sample.Custom sample) {
            return "Custom" + of(sample.fields());
        }
        if (value instanceof Sample.Portable sample) {
            return "Portable" + of(sample.fields());
        }
        if (value instanceof Sample.Compact sample) {
            return "Compact" + of(sample.fields());
        }
        return type.getSimpleName() + "(" + (value instanceof Date date ? date.toInstant() : value) + ")";
    }
}
