// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.internal.protocol.codec.SqlFetchCodec;
import io.filbert.internal.protocol.member.SqlFetchMemberCodec;
import io.filbert.internal.protocol.type.SqlColumnType;
import io.filbert.internal.protocol.type.SqlPage;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SqlPageTest {
    private static SqlPage roundTrip(byte[] response) {
        MessageReader in = new MessageReader().reset(response, 0, response.length);
        return Objects.requireNonNull(SqlFetchCodec.decodeResponse(in).rowPage());
    }

    private static byte[] response(int type, @Nullable Object... values) {
        return SqlFetchMemberCodec.encodeResponse(
                new SqlPage(true, List.of(type), List.of(Arrays.asList(values))), null);
    }

    /** The same page as a member before 5.0 writes it: the two upper bytes of each year are missing. */
    private static byte[] withShortYears(byte[] response, int itemBytes, int firstItem, int items) {
        byte[] shorter = new byte[response.length - 2 * items];
        int from = 0;
        int to = 0;
        for (int i = 0; i < items; i++) {
            int upper = firstItem + i * itemBytes + 2;
            System.arraycopy(response, from, shorter, to, upper - from);
            to += upper - from;
            from = upper + 2;
        }
        System.arraycopy(response, from, shorter, to, response.length - from);
        int frame = frameOfColumn(response);
        Wire.putInt(shorter, frame, Wire.getInt(response, frame) - 2 * items);
        return shorter;
    }

    /** Behind the first frame, begin, last, and the types of one column. */
    private static int frameOfColumn(byte[] response) {
        assertThat(MessageHeader.frameLength(response, 0)).isEqualTo(19);
        return 19 + 6 + 7 + 10;
    }

    @Test
    void decode_datesOfOldMembers_areUnderstood() {
        LocalDate early = LocalDate.of(-44, 3, 15);
        LocalDate late = LocalDate.of(2024, 2, 29);
        byte[] response = response(SqlColumnType.DATE, early, late);
        int items = frameOfColumn(response) + 6 + 5;
        assertThat(roundTrip(withShortYears(response, 6, items, 2)).columns()).isEqualTo(List.of(List.of(early, late)));
    }

    @Test
    void decode_timestampsOfOldMembers_areUnderstood() {
        LocalDateTime dateTime = LocalDateTime.of(2024, 2, 29, 12, 34, 56, 789);
        byte[] response = response(SqlColumnType.TIMESTAMP, dateTime, null, dateTime);
        // a mask byte precedes the group, the null takes no room
        int items = frameOfColumn(response) + 6 + 5 + 1;
        assertThat(roundTrip(withShortYears(response, 13, items, 2)).columns())
                .isEqualTo(List.of(Arrays.asList(dateTime, null, dateTime)));
    }

    @Test
    void decode_zonedTimestampsOfOldMembers_areUnderstood() {
        OffsetDateTime dateTime = OffsetDateTime.parse("1969-07-20T20:17:40-05:00");
        byte[] response = response(SqlColumnType.TIMESTAMP_WITH_TIME_ZONE, dateTime);
        int items = frameOfColumn(response) + 6 + 5;
        assertThat(roundTrip(withShortYears(response, 17, items, 1)).columns()).isEqualTo(List.of(List.of(dateTime)));
    }

    @Test
    void decode_impossibleDate_isRefused() {
        byte[] response = response(SqlColumnType.DATE, LocalDate.of(2024, 2, 29));
        response[frameOfColumn(response) + 6 + 5 + 4] = 13;
        assertThatThrownBy(() -> roundTrip(response))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("not a date or time");
    }

    @Test
    void decode_unknownColumnType_isRefused() {
        byte[] response = response(SqlColumnType.VARCHAR, "x");
        Wire.putInt(response, frameOfColumn(response) - 4, 99);
        assertThatThrownBy(() -> roundTrip(response))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("no SQL column type has the number 99");
    }

    @Test
    void decode_columnsOfDifferentLength_isRefused() {
        List<@Nullable Object> two = new ArrayList<>(Arrays.asList(null, null));
        SqlPage page = new SqlPage(false, List.of(SqlColumnType.NULL, SqlColumnType.NULL), List.of(two, two));
        byte[] response = SqlFetchMemberCodec.encodeResponse(page, null);
        // the count of the second column, before the end of the page and the null for the error
        Wire.putInt(response, response.length - 16, 3);
        assertThatThrownBy(() -> roundTrip(response))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("one SQL column has 2 rows, another 3");
    }
}
