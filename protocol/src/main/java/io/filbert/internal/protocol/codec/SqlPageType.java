// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol.codec;

import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.Wire;
import io.filbert.internal.protocol.WireType;
import io.filbert.internal.protocol.WireTypes;
import io.filbert.internal.protocol.type.SqlPage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Wire form of {@link SqlPage}: a begin frame, one byte that tells the last page, the column types packed, then each
 * column in the form its type asks for, an end frame.
 */
public final class SqlPageType implements WireType<SqlPage> {
    public static final SqlPageType INSTANCE = new SqlPageType();

    private static final int BEGIN_LAST_AND_END = 6 + 7 + 6;

    private SqlPageType() {}

    @Override
    public int size(SqlPage page) {
        int size = BEGIN_LAST_AND_END + WireTypes.INTS.size(typeNumbers(page));
        for (int i = 0; i < page.columns().size(); i++) {
            size += column(page, i).size(page.columns().get(i));
        }
        return size;
    }

    @Override
    public int put(byte[] out, int start, SqlPage page) {
        int at = Wire.putFrame(out, Wire.putBegin(out, start), 1);
        Wire.putBoolean(out, at, page.last());
        at = WireTypes.INTS.put(out, at + 1, typeNumbers(page));
        for (int i = 0; i < page.columns().size(); i++) {
            at = column(page, i).put(out, at, page.columns().get(i));
        }
        return Wire.putEnd(out, at);
    }

    private static int[] typeNumbers(SqlPage page) {
        return page.columnTypes().stream().mapToInt(Integer::intValue).toArray();
    }

    private static SqlColumn column(SqlPage page, int index) {
        SqlColumn column = SqlColumn.ofType(page.columnTypes().get(index));
        if (column == null) {
            throw new IllegalArgumentException(
                    "no SQL column type has the number " + page.columnTypes().get(index));
        }
        return column;
    }

    @Override
    public SqlPage read(MessageReader in) {
        in.beginType();
        in.fixedFrame(1);
        boolean last = in.booleanAt(0);
        int[] types = WireTypes.INTS.read(in);
        List<List<@Nullable Object>> columns = new ArrayList<>();
        for (int type : types) {
            SqlColumn column = SqlColumn.ofType(type);
            if (column == null) {
                throw in.problem(in.packedOffset(), "no SQL column type has the number " + type);
            }
            List<@Nullable Object> values = column.read(in);
            if (!columns.isEmpty() && values.size() != columns.get(0).size()) {
                throw in.problem(
                        in.packedOffset(),
                        "one SQL column has " + columns.get(0).size() + " rows, another " + values.size());
            }
            columns.add(values);
        }
        in.endType();
        return new SqlPage(last, IntStream.of(types).boxed().toList(), columns);
    }
}
