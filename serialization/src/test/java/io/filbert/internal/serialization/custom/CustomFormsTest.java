// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.custom;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.GlobalSerializerConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.StreamSerializer;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CustomFormsTest {

    static final int GLOBAL = 90;

    interface Shape {}

    interface Round extends Shape {}

    interface Painted {}

    static class Figure implements Shape {
        @Override
        public String toString() {
            return "é€😀 " + getClass().getSimpleName();
        }
    }

    static class Circle extends Figure implements Round, Painted {}

    static class RedCircle extends Circle implements Serializable {}

    static final class Plain extends Object implements Round {
        @Override
        public String toString() {
            return "plain";
        }
    }

    /** What is registered, and how each class is then written. */
    static Stream<Arguments> registrations() {
        return Stream.of(
                Arguments.of(Map.of(Figure.class, 1), Map.of(new Figure(), 1, new Circle(), 1, new RedCircle(), 1)),
                Arguments.of(
                        Map.of(Figure.class, 1, Circle.class, 2),
                        Map.of(new Figure(), 1, new Circle(), 2, new RedCircle(), 2)),
                Arguments.of(
                        Map.of(Shape.class, 1, Figure.class, 2),
                        Map.of(new Figure(), 2, new Circle(), 2, new Plain(), 1)),
                Arguments.of(
                        Map.of(Shape.class, 1, Round.class, 2),
                        Map.of(new Figure(), 1, new Circle(), 2, new RedCircle(), 2, new Plain(), 2)),
                Arguments.of(Map.of(Object.class, 1, Shape.class, 2), Map.of(new Figure(), 1, new Plain(), 1)),
                Arguments.of(Map.of(Shape.class, 1), Map.of(new RedCircle(), 1, new Plain(), 1)));
    }

    @ParameterizedTest
    @MethodSource("registrations")
    void nearestRegistration_writesTheOfficialBytes(Map<Class<?>, Integer> registered, Map<Object, Integer> expected) {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            Map<Class<?>, StreamSerializer<?>> serializers = new LinkedHashMap<>();
            registered.forEach((type, id) -> serializers.put(type, new Named(id)));
            SerializationService ours = service(serializers, null, order);
            expected.forEach((object, id) -> {
                // A new one each time: what theirs has found for a superclass it takes before a nearer interface.
                com.hazelcast.internal.serialization.SerializationService theirs = official(registered, order);
                byte[] bytes = requireNonNull(ours.toData(object)).bytes();
                byte[] official = theirs.toData(object).toByteArray();

                assertThat(hex(bytes)).isEqualTo(hex(official));
                assertThat(ours.<Object>toObject(Data.of(official))).isEqualTo(object + "/" + id);
                assertThat(theirs.<Object>toObject(new HeapData(bytes))).isEqualTo(object + "/" + id);
            });
        }
    }

    @Test
    void interfaces_ofTheClass_comeBeforeThoseOfItsSuperclass_inTheOrderItNamesThem() {
        Map<Class<?>, StreamSerializer<?>> serializers =
                Map.of(Shape.class, new Named(1), Painted.class, new Named(2), Round.class, new Named(3));

        assertThat(typeId(serializers, new Circle())).isEqualTo(3);
        assertThat(typeId(Map.of(Shape.class, new Named(1), Painted.class, new Named(2)), new RedCircle()))
                .isEqualTo(2);
    }

    @Test
    void customSerializer_ofOneClass_writesItsSubclassesToo() {
        SerializationService ours = new SerializationService(ClientConfig.builder()
                .customSerializer(Circle.class, new Named(1))
                .customSerializer(Figure.class, new Named(2))
                .build()
                .serialization());

        assertThat(typeId(ours, new RedCircle())).isEqualTo(1);
        assertThat(typeId(ours, new Figure())).isEqualTo(2);
    }

    @Test
    void globalSerializer_writesTheOfficialBytes_andWhatHasNoOtherForm() {
        Named global = new Named(GLOBAL);
        SerializationService ours = service(Map.of(Circle.class, new Named(1)), global, ByteOrder.BIG_ENDIAN);
        com.hazelcast.internal.serialization.SerializationService theirs = official(Map.of(), ByteOrder.BIG_ENDIAN);

        assertThat(hex(requireNonNull(ours.toData(new Figure())).bytes()))
                .isEqualTo(hex(theirs.toData(new Figure()).toByteArray()));
        assertThat(typeId(ours, new RedCircle())).isEqualTo(1);
        assertThat(typeId(ours, Thread.State.NEW)).isEqualTo(GLOBAL);
        assertThat(typeId(ours, new Exception("serializable"))).isEqualTo(GLOBAL);
        assertThat(typeId(ours, "text")).isEqualTo(-11);
        assertThat(ours.<Object>toObject(ours.toData(new Plain()))).isEqualTo("plain/90");
    }

    @Test
    void object_insideAnother_isReadWithWhatFollows() {
        SerializationService ours = service(Map.of(Figure.class, new Named(1)), null, ByteOrder.LITTLE_ENDIAN);

        assertThat(ours.<Object[]>toObject(ours.toData(new Object[] {new Figure(), 7})))
                .containsExactly("é€😀 Figure/1", 7);
    }

    @Test
    void read_unknownTypeId_namesItAndTheOptions() {
        SerializationService ours =
                service(Map.of(Figure.class, new Named(4), Plain.class, new Named(2)), null, ByteOrder.BIG_ENDIAN);

        assertThatThrownBy(() -> ours.toObject(Data.of(HexFormat.of().parseHex("0000000000000003"))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("type id 3 (an object of a custom serializer) at offset 8")
                .hasMessageContaining("those registered are [2, 4]")
                .hasMessageContaining("customSerializers or globalSerializer");
    }

    @Test
    @SuppressWarnings("NullAway") // the broken promise is tested
    void read_nullFromTheSerializer_isRefused() {
        SerializationService ours = service(Map.of(Figure.class, new Scripted(in -> null)), null, ByteOrder.BIG_ENDIAN);

        assertThatThrownBy(() -> ours.toObject(ours.toData(new Figure())))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("type id 5 at offset 8")
                .hasMessageContaining(Scripted.class.getName() + ", returned null");
    }

    @Test
    void whateverTheSerializerThrows_isWrapped() {
        for (Throwable cause :
                List.of(new IOException("disk"), new IllegalStateException("state"), new AssertionError("broken"))) {
            SerializationService ours = service(Map.of(Figure.class, new Scripted(cause)), null, ByteOrder.BIG_ENDIAN);
            assertThatThrownBy(() -> ours.toData(new Figure()))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining(Figure.class.getName() + " as type id 5 (")
                    .hasCause(cause);
            assertThatThrownBy(() -> ours.toObject(Data.of(HexFormat.of().parseHex("0000000000000005"))))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("type id 5 (")
                    .hasCause(cause);
        }
    }

    @Test
    void read_beyondTheEnd_saysWhere() {
        SerializationService ours = service(Map.of(Figure.class, new Named(1)), null, ByteOrder.BIG_ENDIAN);
        byte[] bytes = requireNonNull(ours.toData(new Figure())).bytes();
        for (int length = 8; length < bytes.length; length++) {
            int cut = length;
            assertThatThrownBy(() -> ours.toObject(bytes, 0, cut))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("type id 1 (")
                    .hasMessageContaining("at offset ");
        }
    }

    @Test
    void destroy_callsEachSerializerOnce_evenIfOneFails() {
        Named twice = new Named(1);
        Named other = new Named(9);
        Named global = new Named(GLOBAL);
        Scripted failing = new Scripted(new IllegalStateException("state"));
        SerializationService ours = service(
                Map.of(Figure.class, twice, Plain.class, twice, Exception.class, other, Circle.class, failing),
                global,
                ByteOrder.BIG_ENDIAN);

        ours.destroy();
        ours.destroy();

        assertThat(List.of(twice.destroyed.get(), other.destroyed.get(), global.destroyed.get(), failing.destroyed))
                .containsExactly(1, 1, 1, 1);
    }

    @Test
    void destroy_errorOfOne_isThrownAfterAllOthers() {
        AssertionError error = new AssertionError("broken");
        Named last = new Named(9);
        SerializationService ours = service(
                Map.of(Figure.class, new Scripted(error), Plain.class, last), new Named(GLOBAL), ByteOrder.BIG_ENDIAN);

        assertThatThrownBy(ours::destroy).isSameAs(error);

        assertThat(last.destroyed.get()).isEqualTo(1);
    }

    private static int typeId(Map<Class<?>, StreamSerializer<?>> serializers, Object object) {
        return typeId(service(serializers, null, ByteOrder.BIG_ENDIAN), object);
    }

    private static int typeId(SerializationService ours, Object object) {
        return requireNonNull(ours.toData(object)).typeId();
    }

    static SerializationService service(
            Map<Class<?>, StreamSerializer<?>> serializers, @Nullable StreamSerializer<?> global, ByteOrder order) {
        ClientConfig.Builder builder = ClientConfig.builder()
                .isBigEndian(order == ByteOrder.BIG_ENDIAN)
                .customSerializers(serializers);
        if (global != null) {
            builder.globalSerializer(global);
        }
        return new SerializationService(builder.build().serialization());
    }

    static com.hazelcast.internal.serialization.SerializationService official(
            Map<Class<?>, Integer> registered, ByteOrder order) {
        SerializationConfig config = new SerializationConfig();
        registered.forEach((type, id) -> config.addSerializerConfig(
                new SerializerConfig().setTypeClass(type).setImplementation(new OfficialNamed(id))));
        config.setGlobalSerializerConfig(new GlobalSerializerConfig()
                .setImplementation(new OfficialNamed(GLOBAL))
                .setOverrideJavaSerialization(true));
        return new DefaultSerializationServiceBuilder()
                .setConfig(config)
                .setByteOrder(order)
                .build();
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Type id 5. Does what the test says. */
    private static final class Scripted implements StreamSerializer<Object> {
        private final @Nullable Throwable failure;
        private final Function<ObjectDataInput, Object> reading;
        int destroyed;

        Scripted(Throwable failure) {
            this.failure = failure;
            this.reading = in -> "";
        }

        Scripted(Function<ObjectDataInput, Object> reading) {
            this.failure = null;
            this.reading = reading;
        }

        @Override
        public int getTypeId() {
            return 5;
        }

        @Override
        public void write(ObjectDataOutput out, Object object) throws IOException {
            fail();
        }

        @Override
        public Object read(ObjectDataInput in) throws IOException {
            fail();
            return reading.apply(in);
        }

        @Override
        public void destroy() {
            destroyed++;
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }

        private void fail() throws IOException {
            if (failure instanceof IOException e) {
                throw e;
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }
    }
}
