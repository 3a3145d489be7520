// SPDX-License-Identifier: Apache-2.0
package io.filbert.it.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.HazelcastClient;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.protocol.codec.MapAddEntryListenerCodec;
import io.filbert.internal.protocol.codec.MapRemoveEntryListenerCodec;
import io.filbert.internal.protocol.member.MapAddEntryListenerMemberCodec;
import io.filbert.internal.protocol.member.MapRemoveEntryListenerMemberCodec;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.it.support.Clients;
import io.filbert.map.DistributedMap;
import io.filbert.map.EntryEvent;
import io.filbert.map.EntryListener;
import io.filbert.map.MapEvent;
import io.filbert.testkit.Eventually;
import io.filbert.testkit.NoLeaks;
import io.filbert.testkit.Reply;
import io.filbert.testkit.ScriptedMember;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What entry listeners say to a member, and events that real members send rarely. */
@NoLeaks
final class EntryEventsIT {

    private final ScriptedMember member = ScriptedMember.start();
    private final SerializationService serialization = new SerializationService();
    private final List<MapAddEntryListenerMemberCodec.Request> asked = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Reply> listening = new CompletableFuture<>();
    private final Diary diary = new Diary();

    @BeforeEach
    void teachListeners() {
        member.on(MapAddEntryListenerCodec.REQUEST, (request, reply) -> {
            asked.add(MapAddEntryListenerMemberCodec.decodeRequest(request.reader()));
            reply.send(MapAddEntryListenerMemberCodec.encodeResponse(UUID.randomUUID()));
            listening.complete(reply);
        });
        member.on(
                MapRemoveEntryListenerCodec.REQUEST,
                (request, reply) -> reply.send(MapRemoveEntryListenerMemberCodec.encodeResponse(true)));
    }

    @AfterEach
    void end() {
        member.close();
    }

    private @Nullable Data data(@Nullable Object object) {
        return object == null ? null : serialization.toData(object);
    }

    private void send(
            int type,
            @Nullable Object key,
            @Nullable Object value,
            @Nullable Object oldValue,
            @Nullable Object mergingValue,
            UUID from)
            throws Exception {
        listening
                .get(10, TimeUnit.SECONDS)
                .event(MapAddEntryListenerMemberCodec.encodeEntryEvent(
                        data(key), data(value), data(oldValue), data(mergingValue), type, from, 7));
    }

    @Test
    void request_asksForTheKindsThatAreOverridden() {
        abstract class OnRemoval implements EntryListener<Object, Object> {
            @Override
            public void entryRemoved(EntryEvent<Object, Object> event) {}
        }
        try (HazelcastClient client = Clients.connect(List.of(member.address()))) {
            DistributedMap<Object, Object> map = client.getMap("m");
            map.addEntryListener(diary, true).join();
            map.addEntryListener(
                            new OnRemoval() {
                                @Override
                                public void mapCleared(MapEvent event) {}
                            },
                            false)
                    .join();
        }

        assertThat(asked)
                .containsExactly(
                        new MapAddEntryListenerMemberCodec.Request("m", true, 0b10_1111_1111, true),
                        new MapAddEntryListenerMemberCodec.Request("m", false, 2 + 64, true));
    }

    @Test
    void request_overASingleConnection_asksForTheEventsOfAllMembers() {
        try (HazelcastClient client =
                Clients.connect(List.of(member.address()), config -> config.smartRouting(false))) {
            client.<Object, Object>getMap("m").addEntryListener(diary, true).join();
        }

        assertThat(asked).containsExactly(new MapAddEntryListenerMemberCodec.Request("m", true, 0b10_1111_1111, false));
    }

    @Test
    void events_rareOnes_arriveAsTheyAre() throws Exception {
        UUID stranger = UUID.randomUUID();
        try (HazelcastClient client = Clients.connect(List.of(member.address()))) {
            DistributedMap<Object, Object> map = client.getMap("m");
            map.addEntryListener(diary, true).join();
            send(128, "k", "merged", "old", "theirs", member.uuid());
            send(1024, "k", "of a kind from the future", null, null, member.uuid());
            send(3, "k", "two kinds at once", null, null, member.uuid());
            send(1, null, "an entry without key", null, null, member.uuid());
            send(512, "k", "loaded", null, null, stranger);
            send(32, null, null, null, null, member.uuid());

            Eventually.passes(() -> assertThat(diary.lines)
                    .containsExactly(
                            "MERGED k: old -> merged merging theirs",
                            "gap", // the entry without key
                            "LOADED k: null -> loaded",
                            "MAP_EVICTED m: 7"));
            assertThat(client.metrics().eventsDropped()).isEqualTo(1);
            assertThat(Objects.requireNonNull(diary.events.get(0).member()).uuid())
                    .isEqualTo(member.uuid());
            assertThat(diary.events.get(1).member()).as("a member nobody knows").isNull();
            assertThat(diary.events.get(1).memberUuid()).isEqualTo(stranger);
        }
    }
}
