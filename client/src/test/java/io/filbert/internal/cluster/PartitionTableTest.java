// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionTableTest {

    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);
    private static final int SOURCE = 1;

    private final PartitionTable table = new PartitionTable();

    @BeforeEach
    void learnCount() {
        assertThat(table.count()).isZero();
        assertThat(table.agreeOnCount(4)).isTrue();
    }

    private static List<Map.Entry<UUID, int[]>> owners(UUID first, UUID second) {
        return List.of(Map.entry(first, new int[] {0, 2}), Map.entry(second, new int[] {1, 3}));
    }

    @Test
    void agreeOnCount_same_isAgreed() {
        assertThat(table.agreeOnCount(4)).isTrue();
        assertThat(table.count()).isEqualTo(4);
    }

    @Test
    void agreeOnCount_different_isRefusedAndTheFirstStays() {
        assertThat(table.agreeOnCount(5)).isFalse();
        assertThat(table.count()).isEqualTo(4);
    }

    @Test
    void owner_nothingKnown_isNull() {
        assertThat(table.owner(0)).isNull();
    }

    @Test
    void apply_firstTable_isTaken() {
        assertThat(table.apply(SOURCE, 1, owners(A, B))).isTrue();

        assertThat(table.owner(0)).isEqualTo(A);
        assertThat(table.owner(1)).isEqualTo(B);
        assertThat(table.owner(2)).isEqualTo(A);
        assertThat(table.owner(3)).isEqualTo(B);
        assertThat(table.owner(4)).as("a partition that does not exist").isNull();
    }

    @Test
    void apply_olderOrSameVersionOfTheSameSource_isIgnored() {
        table.apply(SOURCE, 5, owners(A, B));

        assertThat(table.apply(SOURCE, 5, owners(B, A))).isFalse();
        assertThat(table.apply(SOURCE, 4, owners(B, A))).isFalse();
        assertThat(table.owner(0)).isEqualTo(A);
    }

    @Test
    void apply_newerVersion_replacesTheWholeTable() {
        table.apply(SOURCE, 5, owners(A, B));

        assertThat(table.apply(SOURCE, 6, List.of(Map.entry(B, new int[] {0})))).isTrue();
        assertThat(table.owner(0)).isEqualTo(B);
        assertThat(table.owner(1)).as("not in the new table").isNull();
    }

    @Test
    void apply_lowerVersionOfAnotherSource_isTaken() {
        table.apply(SOURCE, 5, owners(A, B));

        assertThat(table.apply(2, 1, owners(B, A))).isTrue();
        assertThat(table.owner(0)).isEqualTo(B);
    }

    @Test
    void apply_emptyTable_isIgnored() {
        table.apply(SOURCE, 5, owners(A, B));

        assertThat(table.apply(SOURCE, 6, List.of())).isFalse();
        assertThat(table.apply(SOURCE, 6, List.of(Map.entry(B, new int[0])))).isFalse();
        assertThat(table.owner(0)).isEqualTo(A);
    }

    @Test
    void apply_partitionsOutOfRange_areLeftOut() {
        assertThat(table.apply(SOURCE, 1, List.of(Map.entry(A, new int[] {-1, 0, 4, 1_000_000}))))
                .isTrue();
        assertThat(table.owner(0)).isEqualTo(A);
    }

    @Test
    void clear_knownOwners_areForgottenButNotTheCount() {
        table.apply(SOURCE, 5, owners(A, B));

        table.clear();

        assertThat(table.owner(0)).isNull();
        assertThat(table.count()).isEqualTo(4);
        assertThat(table.apply(SOURCE, 1, owners(A, B)))
                .as("versions start again")
                .isTrue();
    }
}
