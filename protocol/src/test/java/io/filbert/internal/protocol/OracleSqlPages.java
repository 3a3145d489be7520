// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import com.hazelcast.core.HazelcastJsonValue;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.sql.SqlColumnMetadata;
import com.hazelcast.sql.SqlColumnType;
import com.hazelcast.sql.SqlRow;
import com.hazelcast.sql.SqlRowMetadata;
import com.hazelcast.sql.impl.SqlRowImpl;
import com.hazelcast.sql.impl.expression.RowValue;
import com.hazelcast.sql.impl.row.JetSqlRow;
import io.filbert.internal.protocol.type.SqlPage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL pages of the peer, which encodes rows and decodes columns and so never the same object. */
final class OracleSqlPages {
    private static final InternalSerializationService SERIALIZATION = new DefaultSerializationServiceBuilder().build();

    private OracleSqlPages() {}

    /** The peer's page with our values. */
    static com.hazelcast.sql.impl.client.SqlPage toPeer(SqlPage page) {
        List<SqlColumnType> types = page.columnTypes().stream()
                .map(each -> SqlColumnType.valueOf(io.filbert.internal.protocol.type.SqlColumnType.nameOf(each)))
                .toList();
        return ofRows(types, page.rowCount(), page.last(), (column, row) -> {
            Object value = page.columns().get(column).get(row);
            if (value instanceof Data data) {
                return new HeapData(data.bytes());
            }
            boolean json = types.get(column) == SqlColumnType.JSON;
            return json && value != null ? new HazelcastJsonValue((String) value) : value;
        });
    }

    /** A decoded page in the form that can be encoded. */
    static com.hazelcast.sql.impl.client.SqlPage encodable(com.hazelcast.sql.impl.client.SqlPage page) {
        return ofRows(page.getColumnTypes(), page.getRowCount(), page.isLast(), page::getColumnValueForClient);
    }

    private interface Cells {
        @Nullable
        Object at(int column, int row);
    }

    private static com.hazelcast.sql.impl.client.SqlPage ofRows(
            List<SqlColumnType> types, int count, boolean last, Cells cells) {
        List<SqlColumnMetadata> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(new SqlColumnMetadata("column" + i, types.get(i), true));
        }
        List<SqlRow> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            @Nullable Object[] values = new @Nullable Object[types.size()];
            for (int column = 0; column < values.length; column++) {
                Object value = cells.at(column, row);
                values[column] =
                        types.get(column) == SqlColumnType.ROW && value != null ? new Row((String) value) : value;
            }
            rows.add(new SqlRowImpl(new SqlRowMetadata(columns), new JetSqlRow(SERIALIZATION, values)));
        }
        return com.hazelcast.sql.impl.client.SqlPage.fromRows(types, rows, last, SERIALIZATION);
    }

    /** A nested row, of which only the text travels. */
    private static final class Row extends RowValue {
        private static final long serialVersionUID = 1L;

        private final String text;

        Row(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
