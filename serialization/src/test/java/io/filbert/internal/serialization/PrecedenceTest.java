// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.hazelcast.config.GlobalSerializerConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import io.filbert.config.ClientConfig;
import io.filbert.serialization.CompactReader;
import io.filbert.serialization.CompactSerializer;
import io.filbert.serialization.CompactWriter;
import io.filbert.serialization.IdentifiedDataSerializable;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.Portable;
import io.filbert.serialization.PortableReader;
import io.filbert.serialization.PortableWriter;
import io.filbert.serialization.StreamSerializer;
import java.io.Externalizable;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An object that several forms fit gets the first of them, which is the one that members give the same object. */
@SuppressWarnings("removal") // the official Portable
class PrecedenceTest {

    private static final int CUSTOM = 1;
    private static final int GLOBAL = 2;

    enum Registered {
        COMPACT,
        COMPACT_CLASS,
        CUSTOM,
        CUSTOM_FOR_OBJECT,
        GLOBAL
    }

    static Stream<Arguments> choices() {
        return Stream.of(
                choice(new Everything(), -2),
                choice(new Everything(), -2, Registered.CUSTOM, Registered.GLOBAL),
                choice(new Everything(), -55, Registered.COMPACT, Registered.CUSTOM, Registered.GLOBAL),
                choice(new PortableAndMore(), -1),
                choice(new PortableAndMore(), -1, Registered.CUSTOM, Registered.GLOBAL),
                choice(new PortableAndMore(), -55, Registered.COMPACT),
                choice(new Plain(), CUSTOM, Registered.CUSTOM, Registered.GLOBAL),
                choice(new Plain(), GLOBAL, Registered.GLOBAL),
                choice(new Plain(), -55, Registered.COMPACT, Registered.CUSTOM, Registered.GLOBAL),
                choice(new Plain(), -100),
                choice(new External(), -101),
                choice(new External(), CUSTOM, Registered.CUSTOM),
                choice(new External(), GLOBAL, Registered.GLOBAL),
                choice("text", -11, Registered.CUSTOM_FOR_OBJECT, Registered.GLOBAL),
                choice(new ArrayList<>(), -29, Registered.CUSTOM_FOR_OBJECT, Registered.GLOBAL),
                choice(new ArrayList<>() {}, CUSTOM, Registered.CUSTOM_FOR_OBJECT, Registered.GLOBAL),
                choice(new ArrayList<>() {}, GLOBAL, Registered.GLOBAL),
                choice(Thread.State.NEW, -100),
                choice(new Exception("serializable"), -100));
    }

    /** What only Filbert does: compact without a serializer, for classes that are registered or fit nothing else. */
    static Stream<Arguments> choicesOfOurs() {
        return Stream.of(
                choice(new Everything(), -55, Registered.COMPACT_CLASS, Registered.CUSTOM, Registered.GLOBAL),
                choice(new Plain(), -55, Registered.COMPACT_CLASS),
                choice(new Point(1), -55),
                choice(new Point(1), GLOBAL, Registered.GLOBAL),
                choice(new SerializablePoint(1), -100));
    }

    private static Arguments choice(Object object, int typeId, Registered... registered) {
        return arguments(object.getClass(), object, Set.of(registered), typeId);
    }

    @ParameterizedTest(name = "{0}, {2} -> {3}")
    @MethodSource({"choices", "choicesOfOurs"})
    void form_isTheFirstThatFits(Class<?> type, Object object, Set<Registered> registered, int typeId) {
        assertThat(requireNonNull(ours(type, registered).toData(object)).typeId())
                .isEqualTo(typeId);
    }

    @ParameterizedTest(name = "{0}, {2} -> {3}")
    @MethodSource("choices")
    void form_isThatOfTheMembers(Class<?> type, Object object, Set<Registered> registered, int typeId) {
        Object same = object instanceof Everything
                ? new OfficialEverything()
                : object instanceof PortableAndMore ? new OfficialPortable() : object;

        assertThat(official(same.getClass(), registered).toData(same).getType()).isEqualTo(typeId);
    }

    private static SerializationService ours(Class<?> type, Set<Registered> registered) {
        ClientConfig.Builder builder = ClientConfig.builder()
                .javaSerializationAllowed(
                        PrecedenceTest.class.getName() + "$Plain", PrecedenceTest.class.getName() + "$External");
        if (registered.contains(Registered.COMPACT)) {
            builder.compactSerializers(new Compact(type));
        }
        if (registered.contains(Registered.COMPACT_CLASS)) {
            builder.compactClasses(type);
        }
        if (registered.contains(Registered.CUSTOM)) {
            builder.customSerializers(Map.of(type, new Custom(CUSTOM)));
        }
        if (registered.contains(Registered.CUSTOM_FOR_OBJECT)) {
            builder.customSerializers(Map.of(Object.class, new Custom(CUSTOM)));
        }
        if (registered.contains(Registered.GLOBAL)) {
            builder.globalSerializer(new Custom(GLOBAL));
        }
        return new SerializationService(builder.build().serialization());
    }

    private static com.hazelcast.internal.serialization.SerializationService official(
            Class<?> type, Set<Registered> registered) {
        com.hazelcast.config.SerializationConfig config = new com.hazelcast.config.SerializationConfig();
        if (registered.contains(Registered.COMPACT)) {
            config.getCompactSerializationConfig().addSerializer(new OfficialCompact(type));
        }
        if (registered.contains(Registered.CUSTOM)) {
            config.addSerializerConfig(
                    new SerializerConfig().setTypeClass(type).setImplementation(new OfficialCustom(CUSTOM)));
        }
        if (registered.contains(Registered.CUSTOM_FOR_OBJECT)) {
            config.addSerializerConfig(
                    new SerializerConfig().setTypeClass(Object.class).setImplementation(new OfficialCustom(CUSTOM)));
        }
        if (registered.contains(Registered.GLOBAL)) {
            config.setGlobalSerializerConfig(new GlobalSerializerConfig()
                    .setImplementation(new OfficialCustom(GLOBAL))
                    .setOverrideJavaSerialization(true));
        }
        return new DefaultSerializationServiceBuilder()
                .setConfig(config)
                .setSchemaService(new OfficialSchemas())
                .build();
    }

    // ---- objects that several forms fit

    record Point(int x) {}

    record SerializablePoint(int x) implements Serializable {}

    static final class Plain implements Serializable {
        private static final long serialVersionUID = 1;
    }

    /** Public, as it must be. */
    public static final class External implements Externalizable {
        private static final long serialVersionUID = 1;

        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {}
    }

    static final class Everything implements IdentifiedDataSerializable, Portable, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public int getFactoryId() {
            return 1;
        }

        @Override
        public int getClassId() {
            return 1;
        }

        @Override
        public void writeData(ObjectDataOutput out) {}

        @Override
        public void readData(ObjectDataInput in) {}

        @Override
        public void writePortable(PortableWriter writer) {}

        @Override
        public void readPortable(PortableReader reader) {}
    }

    static final class PortableAndMore implements Portable, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public int getFactoryId() {
            return 1;
        }

        @Override
        public int getClassId() {
            return 1;
        }

        @Override
        public void writePortable(PortableWriter writer) {}

        @Override
        public void readPortable(PortableReader reader) {}
    }

    static final class OfficialEverything
            implements com.hazelcast.nio.serialization.IdentifiedDataSerializable,
                    com.hazelcast.nio.serialization.Portable,
                    Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public int getFactoryId() {
            return 1;
        }

        @Override
        public int getClassId() {
            return 1;
        }

        @Override
        public void writeData(com.hazelcast.nio.ObjectDataOutput out) {}

        @Override
        public void readData(com.hazelcast.nio.ObjectDataInput in) {}

        @Override
        public void writePortable(com.hazelcast.nio.serialization.PortableWriter writer) {}

        @Override
        public void readPortable(com.hazelcast.nio.serialization.PortableReader reader) {}
    }

    static final class OfficialPortable implements com.hazelcast.nio.serialization.Portable, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public int getFactoryId() {
            return 1;
        }

        @Override
        public int getClassId() {
            return 1;
        }

        @Override
        public void writePortable(com.hazelcast.nio.serialization.PortableWriter writer) {}

        @Override
        public void readPortable(com.hazelcast.nio.serialization.PortableReader reader) {}
    }

    // ---- serializers that write nothing

    private record Custom(int typeId) implements StreamSerializer<Object> {

        @Override
        public int getTypeId() {
            return typeId;
        }

        @Override
        public void write(ObjectDataOutput out, Object object) {}

        @Override
        public Object read(ObjectDataInput in) {
            return this;
        }
    }

    private record OfficialCustom(int typeId) implements com.hazelcast.nio.serialization.StreamSerializer<Object> {

        @Override
        public int getTypeId() {
            return typeId;
        }

        @Override
        public void write(com.hazelcast.nio.ObjectDataOutput out, Object object) {}

        @Override
        public Object read(com.hazelcast.nio.ObjectDataInput in) {
            return this;
        }
    }

    private record Compact(Class<?> type) implements CompactSerializer<Object> {

        @Override
        public Object read(CompactReader reader) {
            return this;
        }

        @Override
        public void write(CompactWriter writer, Object object) {}

        @Override
        @SuppressWarnings("unchecked")
        public Class<Object> getCompactClass() {
            return (Class<Object>) type;
        }

        @Override
        public String getTypeName() {
            return "nothing";
        }
    }

    private record OfficialCompact(Class<?> type)
            implements com.hazelcast.nio.serialization.compact.CompactSerializer<Object> {

        @Override
        public Object read(com.hazelcast.nio.serialization.compact.CompactReader reader) {
            return this;
        }

        @Override
        public void write(com.hazelcast.nio.serialization.compact.CompactWriter writer, Object object) {}

        @Override
        @SuppressWarnings("unchecked")
        public Class<Object> getCompactClass() {
            return (Class<Object>) type;
        }

        @Override
        public String getTypeName() {
            return "nothing";
        }
    }

    private static final class OfficialSchemas
            implements com.hazelcast.internal.serialization.impl.compact.SchemaService {

        @Override
        public com.hazelcast.internal.serialization.impl.compact.@Nullable Schema get(long schemaId) {
            return null;
        }

        @Override
        public void put(com.hazelcast.internal.serialization.impl.compact.Schema schema) {}

        @Override
        public void putLocal(com.hazelcast.internal.serialization.impl.compact.Schema schema) {}
    }
}
