// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.proxy.map;

import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.MessageReader;
import io.filbert.internal.protocol.codec.MapAddEntryListenerCodec;
import io.filbert.internal.protocol.codec.MapAddEntryListenerToKeyCodec;
import io.filbert.internal.protocol.codec.MapAddEntryListenerToKeyWithPredicateCodec;
import io.filbert.internal.protocol.codec.MapAddEntryListenerWithPredicateCodec;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an entry event says. Those of the four kinds of registration differ only in the number of the message; a message that is none of
 * them gives null.
 */
record WireEvent(
        int type,
        UUID member,
        int affectedEntries,
        @Nullable Data key,
        @Nullable Data value,
        @Nullable Data oldValue,
        @Nullable Data mergingValue) {

    static @Nullable WireEvent of(MessageReader message) {
        if (message.messageType() != MapAddEntryListenerCodec.ENTRY_EVENT_TYPE) {
            return null;
        }
        MapAddEntryListenerCodec.EntryEvent e = MapAddEntryListenerCodec.decodeEntryEvent(message);
        return new WireEvent(
                e.eventType(),
                e.uuid(),
                e.numberOfAffectedEntries(),
                e.key(),
                e.value(),
                e.oldValue(),
                e.mergingValue());
    }

    static @Nullable WireEvent ofKey(MessageReader message) {
        if (message.messageType() != MapAddEntryListenerToKeyCodec.ENTRY_EVENT_TYPE) {
            return null;
        }
        MapAddEntryListenerToKeyCodec.EntryEvent e = MapAddEntryListenerToKeyCodec.decodeEntryEvent(message);
        return new WireEvent(
                e.eventType(),
                e.uuid(),
                e.numberOfAffectedEntries(),
                e.key(),
                e.value(),
                e.oldValue(),
                e.mergingValue());
    }

    static @Nullable WireEvent ofPredicate(MessageReader message) {
        if (message.messageType() != MapAddEntryListenerWithPredicateCodec.ENTRY_EVENT_TYPE) {
            return null;
        }
        MapAddEntryListenerWithPredicateCodec.EntryEvent e =
                MapAddEntryListenerWithPredicateCodec.decodeEntryEvent(message);
        return new WireEvent(
                e.eventType(),
                e.uuid(),
                e.numberOfAffectedEntries(),
                e.key(),
                e.value(),
                e.oldValue(),
                e.mergingValue());
    }

    static @Nullable WireEvent ofKeyAndPredicate(MessageReader message) {
        if (message.messageType() != MapAddEntryListenerToKeyWithPredicateCodec.ENTRY_EVENT_TYPE) {
            return null;
        }
        MapAddEntryListenerToKeyWithPredicateCodec.EntryEvent e =
                MapAddEntryListenerToKeyWithPredicateCodec.decodeEntryEvent(message);
        return new WireEvent(
                e.eventType(),
                e.uuid(),
                e.numberOfAffectedEntries(),
                e.key(),
                e.value(),
                e.oldValue(),
                e.mergingValue());
    }
}
