// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.map.EntryEvent;
import io.filbert.map.EntryEventType;
import io.filbert.map.EntryListener;
import io.filbert.map.MapEvent;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Which kinds of events a listener listens to. */
class EntryKindTest {

    private interface OnAdded extends EntryListener<String, Integer> {
        @Override
        default void entryAdded(EntryEvent<String, Integer> event) {}
    }

    private static class OnRemoved<K> implements EntryListener<K, Integer> {
        @Override
        public void entryRemoved(EntryEvent<K, Integer> event) {}
    }

    private static final class OnRemovedAndCleared extends OnRemoved<String> implements OnAdded {
        @Override
        public void mapCleared(MapEvent event) {}

        @Override
        public void onGap() {}
    }

    @Test
    void flags_ofWhatTheClassItselfOverrides() {
        assertThat(EntryKind.flags(new OnRemoved<>())).isEqualTo(2);
    }

    @Test
    void flags_ofWhatItInheritsFromClassesAndInterfaces() {
        assertThat(EntryKind.flags(new OnAdded() {})).isEqualTo(1);
        assertThat(EntryKind.flags(new OnRemovedAndCleared())).isEqualTo(1 + 2 + 64);
    }

    @Test
    void flags_ofAProxy_areAll() {
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EntryListener.class}, (self, method, arguments) -> null);

        assertThat(EntryKind.flags((EntryListener<?, ?>) proxy)).isEqualTo(0b10_1111_1111);
    }

    @Test
    void flags_listenerThatHearsNothing_isRefused() {
        EntryListener<String, String> deaf = new EntryListener<>() {
            @Override
            public void onGap() {}
        };

        assertThatThrownBy(() -> EntryKind.flags(deaf))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(deaf.getClass().getName());
    }

    @Test
    void kinds_areAllThereAre() {
        List<String> methods = Arrays.stream(EntryListener.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> !name.equals("onGap"))
                .toList();

        assertThat(EntryKind.values())
                .extracting(EntryKind::type)
                .containsExactlyInAnyOrder(EntryEventType.values())
                .hasSameSizeAs(methods);
    }

    @Test
    void of_knowsOnlySingleKinds() {
        assertThat(Objects.requireNonNull(EntryKind.of(512)).type()).isEqualTo(EntryEventType.LOADED);
        assertThat(EntryKind.of(0)).isNull();
        assertThat(EntryKind.of(3)).isNull();
        assertThat(EntryKind.of(256)).as("for near caches only").isNull();
    }
}
