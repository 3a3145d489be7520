// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.schema;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.internal.schema.PendingSchemas.Publication;
import io.filbert.internal.serialization.schema.Schema;
import io.filbert.serialization.FieldKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingSchemasTest {

    private static final Schema EMPLOYEE = new Schema("employee", List.of(new Schema.Field("age", FieldKind.INT32)));
    private static final Schema CAR = new Schema("car", List.of());

    private final PendingSchemas pending = new PendingSchemas(true);
    private final List<Publication> sent = new ArrayList<>();

    private static byte[] message(ByteOrder order, int before, long... ids) {
        ByteBuffer bytes =
                ByteBuffer.allocate(before + ids.length * Long.BYTES + 3).order(order);
        bytes.position(before);
        for (long id : ids) {
            bytes.putLong(id);
        }
        return bytes.array();
    }

    private static byte[] message(Schema... schemas) {
        long[] ids = new long[schemas.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = schemas[i].id();
        }
        return message(ByteOrder.BIG_ENDIAN, 17, ids);
    }

    private CompletableFuture<?> hold(Schema... schemas) {
        return requireNonNull(pending.holds(message(schemas)), "the message is not held");
    }

    @Test
    void holds_nothingPending_letsAllGo() {
        assertThat(pending.holds(message(EMPLOYEE))).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 99})
    void holds_findsTheIdAnywhere(int before) {
        pending.begin(EMPLOYEE, sent::add);

        assertThat(pending.holds(message(ByteOrder.BIG_ENDIAN, before, EMPLOYEE.id())))
                .isNotNull();
        assertThat(pending.holds(message(ByteOrder.LITTLE_ENDIAN, before, EMPLOYEE.id())))
                .isNull();
        assertThat(pending.holds(message(CAR))).isNull();
        assertThat(pending.holds(new byte[before])).isNull();
    }

    @Test
    void holds_idAtTheVeryEnd_isFound() {
        pending.begin(EMPLOYEE, sent::add);

        assertThat(pending.holds(ByteBuffer.allocate(8).putLong(EMPLOYEE.id()).array()))
                .isNotNull();
    }

    @Test
    void holds_littleEndianObjects_looksForTheIdAsTheyHaveIt() {
        PendingSchemas little = new PendingSchemas(false);
        little.begin(EMPLOYEE, sent::add);

        assertThat(little.holds(message(ByteOrder.LITTLE_ENDIAN, 5, EMPLOYEE.id())))
                .isNotNull();
        assertThat(little.holds(message(ByteOrder.BIG_ENDIAN, 5, EMPLOYEE.id())))
                .isNull();
    }

    @Test
    void begin_twice_sendsOnce() {
        pending.begin(EMPLOYEE, sent::add);
        pending.begin(EMPLOYEE, sent::add);

        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).schema()).isEqualTo(EMPLOYEE);
    }

    @Test
    void done_letsTheMessagesGo() {
        pending.begin(EMPLOYEE, sent::add);
        CompletableFuture<?> hold = hold(EMPLOYEE);
        assertThat(hold).isNotDone();
        pending.done(sent.get(0));

        assertThat(hold).isCompleted();
        assertThat(pending.holds(message(EMPLOYEE))).isNull();
    }

    @Test
    void holds_severalSchemas_waitsForAll() {
        pending.begin(EMPLOYEE, sent::add);
        pending.begin(CAR, sent::add);
        CompletableFuture<?> hold = hold(CAR, EMPLOYEE);
        pending.done(sent.get(1));
        assertThat(hold).isNotDone();
        pending.done(sent.get(0));

        assertThat(hold).isCompleted();
    }

    @Test
    void failed_failsThoseWhoWait_andTheNextMessageTriesAgain() {
        pending.begin(EMPLOYEE, sent::add);
        CompletableFuture<?> hold = hold(EMPLOYEE);
        sent.get(0).failed(new IllegalStateException("split"));
        assertThat(hold).isCompletedExceptionally();
        assertThat(sent).hasSize(1);
        CompletableFuture<?> next = hold(EMPLOYEE);
        assertThat(sent).as("sent again").hasSize(2);
        assertThat(next).isNotDone();
        pending.done(sent.get(1));

        assertThat(next).isCompleted();
    }
}
