// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.collection.ItemEvent;
import io.filbert.collection.ItemListener;
import org.junit.jupiter.api.Test;

class ItemKindTest {

    private static class OfRemovals implements ItemListener<String> {
        @Override
        public void itemRemoved(ItemEvent<String> event) {}
    }

    private static final class Heir extends OfRemovals {}

    @Test
    void of_numbersOnTheWire() {
        assertThat(ItemKind.of(1)).isEqualTo(ItemKind.ADDED);
        assertThat(ItemKind.of(2)).isEqualTo(ItemKind.REMOVED);
        assertThat(ItemKind.of(3)).isNull();
    }

    @Test
    void checkHearsSomething_methodInheritedFromAClass_isOverridden() {
        ItemKind.checkHearsSomething(new OfRemovals());
        ItemKind.checkHearsSomething(new Heir());
    }

    @Test
    void checkHearsSomething_nothingOverridden_isRefused() {
        ItemListener<String> deaf = new ItemListener<>() {};

        assertThatThrownBy(() -> ItemKind.checkHearsSomething(deaf))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(deaf.getClass().getName());
    }
}
