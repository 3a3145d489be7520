// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.collection;

import io.filbert.collection.ItemEvent;
import io.filbert.collection.ItemListener;
import org.jspecify.annotations.Nullable;

/** The kinds of events of a collection, each with its number on the wire and the method of a listener that hears of it. */
enum ItemKind {
    ADDED(1, "itemAdded"),
    REMOVED(2, "itemRemoved");

    private final int number;
    private final String method;

    ItemKind(int number, String method) {
        this.number = number;
        this.method = method;
    }

    /** Null for a kind of event that this client does not know. */
    static @Nullable ItemKind of(int number) {
        for (ItemKind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        return null;
    }

    /** Members report all kinds, but a listener that overrides no method was meant otherwise. */
    static void checkHearsSomething(ItemListener<?> listener) {
        for (ItemKind kind : values()) {
            if (kind.isOverriddenBy(listener.getClass())) {
                return;
            }
        }
        throw new IllegalArgumentException("The listener " + listener.getClass().getName()
                + " overrides no method of ItemListener that takes an event, so it would hear nothing");
    }

    private boolean isOverriddenBy(Class<?> listener) {
        try {
            return listener.getMethod(method, ItemEvent.class).getDeclaringClass() != ItemListener.class;
        } catch (NoSuchMethodException e) {
            throw new LinkageError("ItemListener has no method " + method, e);
        }
    }
}
