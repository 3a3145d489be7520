// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.internal.serialization.stream.TypeId;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Forms that depend on an option or on the releases of the members. */
@SuppressWarnings("serial")
class SerializableAsCompactTest {

    enum Level {
        LOW
    }

    record Order(int id, Level level) implements Serializable {}

    static final class Bean implements Serializable {
        int number = 7;
    }

    private final AtomicBoolean old = new AtomicBoolean();

    private SerializationService service(boolean asCompact, int major, int minor) {
        return new SerializationService(
                ClientConfig.builder().serializableAsCompact(asCompact).build().serialization(),
                new Schemas(),
                schema -> {},
                (wantedMajor, wantedMinor) ->
                        !old.get() || major > wantedMajor || (major == wantedMajor && minor >= wantedMinor));
    }

    private static Object roundTrip(SerializationService service, Object value) {
        return requireNonNull(service.<Object>toObject(service.toData(value)));
    }

    private static int typeId(SerializationService service, Object value) {
        return requireNonNull(service.toData(value)).typeId();
    }

    @Test
    void recordsAndClasses_areWrittenInCompactForm() {
        SerializationService service = service(true, 5, 7);
        Order order = new Order(1, Level.LOW);

        assertThat(typeId(service, order)).isEqualTo(TypeId.COMPACT);
        assertThat(typeId(service, new Bean())).isEqualTo(TypeId.COMPACT);
        assertThat(typeId(service, Level.LOW)).as("a constant is no object").isEqualTo(TypeId.SERIALIZABLE);
        assertThat(typeId(service, List.of(order))).isEqualTo(TypeId.ARRAY_LIST);
        for (Object value : List.of(
                order, Level.LOW, List.of(order), Arrays.asList(order, null), Set.of(order), Map.of(1, order))) {
            assertThat(roundTrip(service, value)).isEqualTo(value);
        }
        assertThat(((Bean) roundTrip(service, new Bean())).number).isEqualTo(7);
    }

    @Test
    void objectsStoredByJavaSerialization_areStillRead() {
        Order order = new Order(1, Level.LOW);
        Data before = requireNonNull(service(false, 5, 7).toData(order));

        assertThat(before.typeId()).isEqualTo(TypeId.SERIALIZABLE);
        assertThat(service(true, 5, 7).<Object>toObject(before)).isEqualTo(order);
    }

    @Test
    void membersBefore52_keepJavaSerialization_untilTheyAreGone() {
        SerializationService service = service(true, 5, 1);
        Order order = new Order(1, Level.LOW);
        old.set(true);
        assertThat(typeId(service, order)).isEqualTo(TypeId.SERIALIZABLE);
        assertThat(typeId(service, List.of(order))).isEqualTo(TypeId.SERIALIZABLE);
        assertThat(roundTrip(service, List.of(order))).isEqualTo(List.of(order));

        old.set(false);
        assertThat(typeId(service, order)).isEqualTo(TypeId.COMPACT);
        assertThat(typeId(service, List.of(order))).isEqualTo(TypeId.ARRAY_LIST);
    }

    @Test
    void optionalForMembersBefore42_isRefused() {
        SerializationService service = service(false, 4, 1);
        old.set(true);

        assertThatThrownBy(() -> service.toData(Optional.of(1)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.util.Optional")
                .hasMessageContaining("since release 4.2");

        old.set(false);
        assertThat(roundTrip(service, Optional.of(1))).isEqualTo(Optional.of(1));
    }

    /** Members before 5.0 cannot read the forms of their own that dates have since. */
    @Test
    void datesForMembersBefore50_areWrittenByJavaSerialization() {
        SerializationService service = service(false, 4, 2);
        List<Object> dates = List.of(
                LocalDate.EPOCH,
                LocalTime.NOON,
                LocalDateTime.of(2020, 1, 2, 3, 4),
                OffsetDateTime.parse("2020-01-02T03:04:05+01:00"));
        old.set(true);
        for (Object date : dates) {
            assertThat(typeId(service, date)).isEqualTo(TypeId.SERIALIZABLE);
            assertThat(roundTrip(service, date)).isEqualTo(date);
        }
        assertThat(roundTrip(service, new ArrayList<>(dates))).isEqualTo(dates);

        old.set(false);
        for (Object date : dates) {
            assertThat(typeId(service, date)).isBetween(TypeId.OFFSET_DATE_TIME, TypeId.LOCAL_DATE);
        }
    }
}
