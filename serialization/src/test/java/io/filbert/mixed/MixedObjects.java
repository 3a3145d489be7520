// SPDX-License-Identifier: Apache-2.0
package io.filbert.mixed;

import com.hazelcast.config.CompactSerializationConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.compact.Schema;
import com.hazelcast.internal.serialization.impl.compact.SchemaService;
import com.hazelcast.partition.strategy.DefaultPartitioningStrategy;
import io.filbert.config.ClientConfig;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.schema.Schemas;
import io.filbert.serialization.ClassDefinition;
import io.filbert.serialization.ClassDefinitionBuilder;
import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import io.filbert.serialization.IdentifiedDataSerializable;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.PartitionAware;
import io.filbert.serialization.Portable;
import io.filbert.serialization.PortableReader;
import io.filbert.serialization.PortableWriter;
import io.filbert.serialization.StreamSerializer;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A class of every form, each with the interfaces of this client and of the members' own at once, so that both services write the same
 * object. Most hold another object of any form. They are not of an internal package, whose classes are never looked up by name.
 */
@SuppressWarnings({"NullAway", "removal"}) // filled by reading; the official client announces the end of a form
public final class MixedObjects {

    static final int FACTORY = 1;

    private MixedObjects() {}

    // ---- the services

    /** A service of this client for these classes, with schemas that outlive it. */
    public static SerializationService ours(ByteOrder order, Schemas schemas) {
        return new SerializationService(
                ClientConfig.builder()
                        .isBigEndian(order == ByteOrder.BIG_ENDIAN)
                        .dataSerializableFactories(Map.of(FACTORY, MixedObjects::identified))
                        .portableFactories(Map.of(FACTORY, MixedObjects::portable))
                        .classDefinitions(definitions())
                        .compactSerializers(new PlaneSerializer())
                        .customSerializers(Map.of(Song.class, new SongSerializer()))
                        .javaSerializationAllowed("io.filbert.mixed.*")
                        .build()
                        .serialization(),
                schemas,
                schema -> {});
    }

    public static com.hazelcast.internal.serialization.SerializationService official(ByteOrder order) {
        SerializationConfig config = new SerializationConfig()
                .setCompactSerializationConfig(
                        new CompactSerializationConfig().addSerializer(new OfficialPlaneSerializer()))
                .addSerializerConfig(new SerializerConfig()
                        .setTypeClass(Song.class)
                        .setImplementation(new OfficialSongSerializer()));
        DefaultSerializationServiceBuilder builder = new DefaultSerializationServiceBuilder();
        officialDefinitions().forEach(builder::addClassDefinition);
        return builder.setConfig(config)
                .setPartitioningStrategy(new DefaultPartitioningStrategy())
                .setByteOrder(order)
                .setSchemaService(new KnownSchemas())
                .addDataSerializableFactory(FACTORY, MixedObjects::identified)
                .addPortableFactory(FACTORY, classId -> (com.hazelcast.nio.serialization.Portable) portable(classId))
                .build();
    }

    private static @Nullable Letter identified(int classId) {
        return switch (classId) {
            case 1 -> new Letter();
            case 2 -> new LetterKey();
            default -> null;
        };
    }

    private static @Nullable Portable portable(int classId) {
        return switch (classId) {
            case 1 -> new Car();
            case 2 -> new CarKey();
            case Wheel.CLASS_ID -> new Wheel();
            default -> null;
        };
    }

    private static List<ClassDefinition> definitions() {
        ClassDefinition wheel = new ClassDefinitionBuilder(FACTORY, Wheel.CLASS_ID, 0)
                .addFloatField("size")
                .addStringField("maker")
                .build();
        Stream<ClassDefinition> cars = Stream.of(1, 2)
                .map(classId -> new ClassDefinitionBuilder(FACTORY, classId, 0)
                        .addStringField("name")
                        .addIntField("wheels")
                        .addDoubleArrayField("prices")
                        .addDateField("built")
                        .addPortableField("spare", wheel)
                        .addPortableArrayField("set", wheel)
                        .build());
        return Stream.concat(Stream.of(wheel), cars).toList();
    }

    private static List<com.hazelcast.nio.serialization.ClassDefinition> officialDefinitions() {
        com.hazelcast.nio.serialization.ClassDefinition wheel =
                new com.hazelcast.nio.serialization.ClassDefinitionBuilder(FACTORY, Wheel.CLASS_ID, 0)
                        .addFloatField("size")
                        .addStringField("maker")
                        .build();
        Stream<com.hazelcast.nio.serialization.ClassDefinition> cars = Stream.of(1, 2)
                .map(classId -> new com.hazelcast.nio.serialization.ClassDefinitionBuilder(FACTORY, classId, 0)
                        .addStringField("name")
                        .addIntField("wheels")
                        .addDoubleArrayField("prices")
                        .addDateField("built")
                        .addPortableField("spare", wheel)
                        .addPortableArrayField("set", wheel)
                        .build());
        return Stream.concat(Stream.of(wheel), cars).toList();
    }

    private static final class KnownSchemas implements SchemaService {
        private final Map<Long, Schema> schemas = new ConcurrentHashMap<>();

        @Override
        public Schema get(long id) {
            return schemas.get(id);
        }

        @Override
        public void put(Schema schema) {
            schemas.put(schema.getSchemaId(), schema);
        }

        @Override
        public void putLocal(Schema schema) {
            put(schema);
        }
    }

    // ---- compact

    public enum Color {
        RED,
        GREEN,
        BLUE
    }

    public record Point(int x, long y) {}

    public record Person(
            @Nullable String name,
            int age,
            @Nullable Point home,
            Point @Nullable [] places,
            @Nullable Color color,
            @Nullable List<String> tags,
            @Nullable LocalDate born,
            @Nullable BigDecimal wealth,
            boolean member) {}

    public record PointKey(int x, String owner)
            implements PartitionAware, com.hazelcast.partition.PartitionAware<Object> {
        @Override
        public Object getPartitionKey() {
            return owner;
        }
    }

    public static final class Plane {
        public String name;
        public double[] speeds;
        public Point at;
        public Plane escort;
    }

    private static final class PlaneSerializer implements CompactSerializer<Plane> {
        @Override
        public Class<Plane> getCompactClass() {
            return Plane.class;
        }

        @Override
        public String getTypeName() {
            return "plane";
        }

        @Override
        public void write(CompactWriter out, Plane plane) {
            out.writeString("name", plane.name);
            out.writeArrayOfFloat64("speeds", plane.speeds);
            out.writeCompact("at", plane.at);
            out.writeCompact("escort", plane.escort);
        }

        @Override
        public Plane read(CompactReader in) {
            Plane plane = new Plane();
            plane.name = in.readString("name");
            plane.speeds = in.readArrayOfFloat64("speeds");
            plane.at = in.readCompact("at");
            plane.escort = in.readCompact("escort");
            return plane;
        }
    }

    private static final class OfficialPlaneSerializer
            implements com.hazelcast.nio.serialization.compact.CompactSerializer<Plane> {
        @Override
        public Class<Plane> getCompactClass() {
            return Plane.class;
        }

        @Override
        public String getTypeName() {
            return "plane";
        }

        @Override
        public void write(com.hazelcast.nio.serialization.compact.CompactWriter out, Plane plane) {
            out.writeString("name", plane.name);
            out.writeArrayOfFloat64("speeds", plane.speeds);
            out.writeCompact("at", plane.at);
            out.writeCompact("escort", plane.escort);
        }

        @Override
        public Plane read(com.hazelcast.nio.serialization.compact.CompactReader in) {
            Plane plane = new Plane();
            plane.name = in.readString("name");
            plane.speeds = in.readArrayOfFloat64("speeds");
            plane.at = in.readCompact("at");
            plane.escort = in.readCompact("escort");
            return plane;
        }
    }

    // ---- portable

    public static class Car implements Portable, com.hazelcast.nio.serialization.Portable {
        public String name;
        public int wheels;
        public double[] prices;
        public LocalDate built;
        public Wheel spare;
        public Wheel[] set;
        public Object load;

        @Override
        public int getFactoryId() {
            return FACTORY;
        }

        @Override
        public int getClassId() {
            return 1;
        }

        @Override
        public final void writePortable(PortableWriter out) throws IOException {
            out.writeString("name", name);
            out.writeInt("wheels", wheels);
            out.writeDoubleArray("prices", prices);
            out.writeDate("built", built);
            if (spare == null) {
                out.writeNullPortable("spare", FACTORY, Wheel.CLASS_ID);
            } else {
                out.writePortable("spare", spare);
            }
            out.writePortableArray("set", set);
            out.getRawDataOutput().writeObject(load);
        }

        @Override
        public final void readPortable(PortableReader in) throws IOException {
            name = in.readString("name");
            wheels = in.readInt("wheels");
            prices = in.readDoubleArray("prices");
            built = in.readDate("built");
            spare = in.readPortable("spare");
            set = wheels(in.readPortableArray("set"));
            load = in.getRawDataInput().readObject();
        }

        @Override
        public final void writePortable(com.hazelcast.nio.serialization.PortableWriter out) throws IOException {
            out.writeString("name", name);
            out.writeInt("wheels", wheels);
            out.writeDoubleArray("prices", prices);
            out.writeDate("built", built);
            if (spare == null) {
                out.writeNullPortable("spare", FACTORY, Wheel.CLASS_ID);
            } else {
                out.writePortable("spare", spare);
            }
            out.writePortableArray("set", set);
            out.getRawDataOutput().writeObject(load);
        }

        @Override
        public final void readPortable(com.hazelcast.nio.serialization.PortableReader in) throws IOException {
            name = in.readString("name");
            wheels = in.readInt("wheels");
            prices = in.readDoubleArray("prices");
            built = in.readDate("built");
            spare = in.readPortable("spare");
            set = wheels(in.readPortableArray("set"));
            load = in.getRawDataInput().readObject();
        }

        private static Wheel @Nullable [] wheels(Object @Nullable [] read) {
            return read == null ? null : Arrays.copyOf(read, read.length, Wheel[].class);
        }
    }

    public static final class Wheel implements Portable, com.hazelcast.nio.serialization.Portable {
        static final int CLASS_ID = 3;

        public float size;
        public String maker;

        @Override
        public int getFactoryId() {
            return FACTORY;
        }

        @Override
        public int getClassId() {
            return CLASS_ID;
        }

        @Override
        public void writePortable(PortableWriter out) throws IOException {
            out.writeFloat("size", size);
            out.writeString("maker", maker);
        }

        @Override
        public void readPortable(PortableReader in) throws IOException {
            size = in.readFloat("size");
            maker = in.readString("maker");
        }

        @Override
        public void writePortable(com.hazelcast.nio.serialization.PortableWriter out) throws IOException {
            out.writeFloat("size", size);
            out.writeString("maker", maker);
        }

        @Override
        public void readPortable(com.hazelcast.nio.serialization.PortableReader in) throws IOException {
            size = in.readFloat("size");
            maker = in.readString("maker");
        }
    }

    public static final class CarKey extends Car
            implements PartitionAware, com.hazelcast.partition.PartitionAware<Object> {
        @Override
        public int getClassId() {
            return 2;
        }

        @Override
        public Object getPartitionKey() {
            return name;
        }
    }

    // ---- identified

    public static class Letter
            implements IdentifiedDataSerializable, com.hazelcast.nio.serialization.IdentifiedDataSerializable {
        public int number;
        public String text;
        public String[] stamps;
        public Object content;

        @Override
        public int getFactoryId() {
            return FACTORY;
        }

        @Override
        public int getClassId() {
            return 1;
        }

        @Override
        public final void writeData(ObjectDataOutput out) {
            out.writeInt(number);
            out.writeString(text);
            out.writeStringArray(stamps);
            out.writeObject(content);
        }

        @Override
        public final void readData(ObjectDataInput in) {
            number = in.readInt();
            text = in.readString();
            stamps = in.readStringArray();
            content = in.readObject();
        }

        @Override
        public final void writeData(com.hazelcast.nio.ObjectDataOutput out) throws IOException {
            out.writeInt(number);
            out.writeString(text);
            out.writeStringArray(stamps);
            out.writeObject(content);
        }

        @Override
        public final void readData(com.hazelcast.nio.ObjectDataInput in) throws IOException {
            number = in.readInt();
            text = in.readString();
            stamps = in.readStringArray();
            content = in.readObject();
        }
    }

    public static final class LetterKey extends Letter
            implements PartitionAware, com.hazelcast.partition.PartitionAware<Object> {
        @Override
        public int getClassId() {
            return 2;
        }

        @Override
        public Object getPartitionKey() {
            return text;
        }
    }

    // ---- custom

    public static final class Song {
        static final int TYPE_ID = 7;

        public String title;
        public Object lyrics;
    }

    private static final class SongSerializer implements StreamSerializer<Song> {
        @Override
        public int getTypeId() {
            return Song.TYPE_ID;
        }

        @Override
        public void write(ObjectDataOutput out, Song song) {
            out.writeString(song.title);
            out.writeObject(song.lyrics);
        }

        @Override
        public Song read(ObjectDataInput in) {
            Song song = new Song();
            song.title = in.readString();
            song.lyrics = in.readObject();
            return song;
        }
    }

    private static final class OfficialSongSerializer
            implements com.hazelcast.nio.serialization.StreamSerializer<Song> {
        @Override
        public int getTypeId() {
            return Song.TYPE_ID;
        }

        @Override
        public void write(com.hazelcast.nio.ObjectDataOutput out, Song song) throws IOException {
            out.writeString(song.title);
            out.writeObject(song.lyrics);
        }

        @Override
        public Song read(com.hazelcast.nio.ObjectDataInput in) throws IOException {
            Song song = new Song();
            song.title = in.readString();
            song.lyrics = in.readObject();
            return song;
        }
    }

    // ---- the JDK's own

    public record Ticket(int number, @Nullable String text, LocalDate day, int[] seats) implements Serializable {}

    public record TicketKey(int number, String text)
            implements Serializable, PartitionAware, com.hazelcast.partition.PartitionAware<Object> {
        @Override
        public Object getPartitionKey() {
            return text;
        }
    }

    public static final class Badge implements Externalizable {
        public int number;
        public String name;

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeInt(number);
            out.writeUTF(name);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            number = in.readInt();
            name = in.readUTF();
        }
    }
}
