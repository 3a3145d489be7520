// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol.type;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a SQL result, column by column. Values by column type: String for VARCHAR, JSON and ROW, the boxed
 * primitives, BigDecimal, LocalDate, LocalTime, LocalDateTime, OffsetDateTime, {@code Data} for OBJECT.
 *
 * @param last whether no page follows
 * @param columnTypes numbers of {@link SqlColumnType}
 * @param columns the values of each column; all have the same number of rows
 */
public record SqlPage(
        boolean last, List<Integer> columnTypes, List<? extends List<? extends @Nullable Object>> columns) {
    public SqlPage {
        columnTypes = List.copyOf(columnTypes);
        columns = List.copyOf(columns);
        if (columns.size() != columnTypes.size()) {
            throw new IllegalArgumentException(columns.size() + " columns for " + columnTypes.size() + " column types");
        }
        for (List<? extends @Nullable Object> column : columns) {
            if (column.size() != columns.get(0).size()) {
                throw new IllegalArgumentException(
                        "one column has " + columns.get(0).size() + " rows, another " + column.size());
            }
        }
    }

    public int rowCount() {
        return columns.isEmpty() ? 0 : columns.get(0).size();
    }
}
