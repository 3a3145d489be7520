// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.it.support.Clients;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.query.Predicates;
import io.filbert.testkit.HazelcastMember;
import io.filbert.testkit.NoLeaks;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Members before 5.0 have no form of their own for dates. Guards against entries that such members keep but cannot read: queries over them
 * failed, and with an index {@code put} threw although the entry was stored.
 */
@NoLeaks
@SuppressWarnings("JavaUtilDate") // one of the types under test
final class DatesOnOldMembersIT {

    private static final String INDEXED = "<map name=\"indexed\"><indexes><index type=\"SORTED\"><attributes>"
            + "<attribute>this</attribute></attributes></index></indexes></map>";

    @Test
    void dates_areQueriedAndIndexed() {
        try (HazelcastMember member = HazelcastMember.builder()
                        .version("4.0.6")
                        .configXml(INDEXED)
                        .start();
                HazelcastClient client = Clients.connect(List.of(member.address()))) {
            for (String name : List.of("plain", "indexed")) {
                BlockingDistributedMap<String, LocalDate> map =
                        client.<String, LocalDate>getMap(name).blocking();
                assertThat(map.put("a", LocalDate.EPOCH)).isNull();
                map.put("b", LocalDate.MAX);

                assertThat(map.get("a")).isEqualTo(LocalDate.EPOCH);
                assertThat(map.keySet(Predicates.greater("this", LocalDate.of(2020, 1, 1))))
                        .containsExactly("b");
                assertThat(map.values(Predicates.equal("this", LocalDate.EPOCH)))
                        .containsExactly(LocalDate.EPOCH);
            }
        }
    }

    @Test
    void valuesOfTheJdk_areReadByTheMember() {
        List<Object> values = List.of(
                LocalDate.EPOCH,
                LocalTime.NOON,
                LocalDateTime.of(2020, 1, 2, 3, 4),
                OffsetDateTime.of(2020, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC),
                new Date(1),
                new UUID(1, 2),
                BigInteger.TEN,
                BigDecimal.ONE,
                LocalDate.class,
                new int[] {1},
                new String[] {"a"},
                new Object[] {1, LocalDate.EPOCH},
                new ArrayList<>(List.of(LocalDate.EPOCH)),
                List.of(LocalDate.EPOCH),
                new HashMap<>(Map.of("a", LocalTime.NOON)),
                new TreeMap<>(Map.of("a", 1)));
        try (HazelcastMember member = HazelcastMember.builder().version("4.0.6").start();
                HazelcastClient client = Clients.connect(List.of(member.address()))) {
            BlockingDistributedMap<Integer, Object> map =
                    client.<Integer, Object>getMap("values").blocking();
            Map<Integer, Object> failed = new LinkedHashMap<>();
            for (Object value : values) {
                map.clear();
                map.put(1, value);
                try {
                    // The member reads each value to find out its class.
                    assertThat(map.values(Predicates.instanceOf("java.lang.Object")))
                            .hasSizeLessThanOrEqualTo(1);
                } catch (RuntimeException e) {
                    failed.put(values.indexOf(value), value + ": " + e.getMessage());
                }
            }

            assertThat(failed).isEmpty();
        }
    }
}
