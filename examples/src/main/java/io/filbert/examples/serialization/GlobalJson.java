// SPDX-License-Identifier: Apache-2.0
package io.filbert.examples.serialization;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import io.filbert.HazelcastClient;
import io.filbert.config.ClientConfig;
import io.filbert.map.BlockingDistributedMap;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.StreamSerializer;
import java.io.IOException;

/** Another library's serialization for everything that has no form of its own. */
public final class GlobalJson {

    private GlobalJson() {}

    /** A class of which nobody told the client. */
    static final class Song {
        public String title = "";
        public int seconds;
    }

    // tag::serializer[]
    static final class JacksonSerializer implements StreamSerializer<Object> {

        private final ObjectMapper mapper = JsonMapper.builder()
                .activateDefaultTyping(
                        BasicPolymorphicTypeValidator.builder()
                                .allowIfSubType("io.filbert.examples.") // never let the bytes choose any class
                                .build(),
                        ObjectMapper.DefaultTyping.JAVA_LANG_OBJECT)
                .build();

        @Override
        public int getTypeId() {
            return 20;
        }

        @Override
        public void write(ObjectDataOutput out, Object object) throws IOException {
            out.writeByteArray(mapper.writerFor(Object.class).writeValueAsBytes(object));
        }

        @Override
        public Object read(ObjectDataInput in) throws IOException {
            return mapper.readValue(in.readByteArray(), Object.class);
        }
    }
    // end::serializer[]

    static void configure(ClientConfig.Builder config) {
        // tag::config[]
        config.globalSerializer(new JacksonSerializer());
        // end::config[]
    }

    /** Give the addresses of members; without any, 127.0.0.1 is tried. */
    public static void main(String... members) {
        try (HazelcastClient client = HazelcastClient.connect(config -> {
            config.clusterMembers(members);
            configure(config);
        })) {
            BlockingDistributedMap<Integer, Song> songs =
                    client.<Integer, Song>getMap("songs").blocking();
            Song song = new Song();
            song.title = "Feeling Good";
            song.seconds = 174;
            songs.put(1, song);
            Song read = songs.get(1);
            System.out.println(read == null ? "?" : read.title + " takes " + read.seconds + " s");
            songs.destroy();
        }
    }
}
