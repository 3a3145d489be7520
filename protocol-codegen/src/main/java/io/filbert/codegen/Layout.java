// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import io.filbert.codegen.Schema.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the fields of a message or custom type lie: fixed-size ones packed in declared order behind the header, the
 * others as frames in declared order.
 *
 * @param offsets offset of each fixed-size field in its frame
 * @param variable the other fields
 * @param requiredBytes length of the fixed frame in the oldest version
 * @param totalBytes length of the fixed frame today
 */
public record Layout(Map<Field, Integer> offsets, List<Field> variable, int requiredBytes, int totalBytes) {
    static final String SQL_PAGE = "SqlPage";

    /** Lays out fields behind a header of so many bytes. */
    public static Layout of(int headerBytes, List<Field> fields) {
        Map<Field, Integer> offsets = new LinkedHashMap<>();
        List<Field> variable = new ArrayList<>();
        int required = headerBytes;
        int at = headerBytes;
        for (Field field : fields) {
            if (field.type().fixedSize()) {
                offsets.put(field, at);
                at += field.type().bytes();
                if (!field.added()) {
                    required = at;
                }
            } else {
                variable.add(field);
            }
        }
        return new Layout(offsets, variable, required, at);
    }
}
