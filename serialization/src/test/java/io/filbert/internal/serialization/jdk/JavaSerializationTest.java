// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.SerializationConfig;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.SerializationService;
import io.filbert.internal.serialization.stream.TypeId;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInput;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaSerializationTest {

    static final String PACKAGE = "io.filbert.internal.serialization.jdk";

    private final SerializationService service = allowing(PACKAGE + ".*");

    // ---- with the members

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void objectsInsideAnother_endWhereTheNextBegins(boolean compressed) {
        com.hazelcast.internal.serialization.SerializationService theirs = official(true, compressed);
        Random random = new Random(1);
        Object[] value = {
            Order.random(random),
            "a",
            new Parcel(1, Order.random(random)),
            7,
            new Parcel(2, null),
            null,
            Order.random(random),
            Instant.MAX
        };
        Data official = Data.of(theirs.toData(value).toByteArray());

        if (!compressed) {
            assertThat(hex(requireNonNull(service.toData(value)).bytes())).isEqualTo(hex(official.bytes()));
        }
        assertThat(service.<Object[]>toObject(official)).isEqualTo(value);
        assertThat(service.<Object[]>toObject(service.toData(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @EnumSource(Order.Kind.class)
    void enumConstants_survive(Order.Kind kind) {
        assertThat(service.<Object>toObject(service.toData(kind))).isSameAs(kind);
        assertThat(hex(requireNonNull(service.toData(kind)).bytes()))
                .isEqualTo(hex(official(true, false).toData(kind).toByteArray()));
    }

    @Test
    void arraysOfAllowedClasses_survive() {
        Object value = new Order[][] {{Order.random(new Random(1))}, {}};

        assertThat(service.<Object>toObject(service.toData(value))).isEqualTo(value);
    }

    @Test
    void objectOfAClassThatIsNotSerializable_inside_isNamed() {
        assertThatThrownBy(() -> service.toData(new Holder(new Object())))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(Holder.class.getName())
                .hasMessageContaining("NotSerializableException: java.lang.Object")
                .hasCauseInstanceOf(NotSerializableException.class);
    }

    // ---- what may be read

    @Test
    void refusedClass_namesTheSettingThatWouldAllowIt() {
        SerializationService closed = allowing();

        assertThatThrownBy(() -> closed.toObject(service.toData(new Noisy())))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("type id -100 (java.io.Serializable)")
                .hasMessageContaining("the class " + Noisy.class.getName() + " is refused")
                .hasMessageContaining("javaSerializationAllowed(\"" + Noisy.class.getName() + "\")");
        assertThatThrownBy(() -> closed.toObject(service.toData(new Parcel(1, null))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("type id -101 (java.io.Externalizable)")
                .hasMessageContaining("javaSerializationAllowed(\"" + PACKAGE + ".Parcel\")");
        assertThatThrownBy(() -> closed.toObject(service.toData(new Noisy[][] {{}})))
                .hasMessageContaining("[[L" + Noisy.class.getName() + "; is refused")
                .hasMessageContaining("javaSerializationAllowed(\"" + Noisy.class.getName() + "\")");
    }

    @Test
    void refusedClass_insideAnAllowedObject_isRefusedToo() {
        SerializationService onlyParcels = allowing(PACKAGE + ".Parcel");

        assertThatThrownBy(() -> onlyParcels.toObject(service.toData(new Parcel(1, new Noisy()))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("javaSerializationAllowed(\"" + Noisy.class.getName() + "\")");
        assertThat(onlyParcels.<Object>toObject(service.toData(new Parcel(1, "text"))))
                .isEqualTo(new Parcel(1, "text"));
    }

    @Test
    void refusedClass_doesNotRunItsCode() {
        Data data = service.toData(new Noisy());
        Noisy.read = 0;

        assertThatThrownBy(() -> allowing().toObject(data)).isInstanceOf(SerializationException.class);
        assertThat(Noisy.read).isZero();

        service.toObject(data);
        assertThat(Noisy.read).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PACKAGE + ".Noisy2,no",
                PACKAGE + ".JavaSerializationTest$Noisy,yes",
                PACKAGE + ".*,yes",
                PACKAGE + ".**,yes",
                "io.filbert.internal.**,yes",
                "io.filbert.internal.*,no",
                "io.filbert.internal.serialization.jd.**,no",
                "io.filbert.internal.serialization.jd.*,no",
                PACKAGE + ".JavaSerializationTest,no"
            })
    void patterns(String patternAndOutcome) {
        String[] parts = patternAndOutcome.split(",");
        SerializationService some = allowing(parts[0]);
        Data data = service.toData(new Noisy());

        if (parts[1].equals("yes")) {
            assertThat(some.<Object>toObject(data)).isInstanceOf(Noisy.class);
        } else {
            assertThatThrownBy(() -> some.toObject(data)).hasMessageContaining("is refused");
        }
    }

    @Test
    void filterOfTheUser_decides_andLeavesTheRestToTheDefault() {
        Data order = service.toData(Order.random(new Random(1)));
        Data instant = service.toData(Instant.EPOCH);

        SerializationService one = filtering("%s.Order;%s.Order$Kind".formatted(PACKAGE, PACKAGE));
        assertThat(one.<Object>toObject(order)).isEqualTo(Order.random(new Random(1)));
        assertThat(one.<Object>toObject(instant)).isEqualTo(Instant.EPOCH);
        assertThatThrownBy(() -> one.toObject(service.toData(new Noisy())))
                .hasMessageContaining("javaSerializationFilter) accept " + Noisy.class.getName());

        SerializationService none = filtering("!*");
        for (Data data : List.of(order, instant)) {
            assertThatThrownBy(() -> none.toObject(data))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining(" refused by the filter of the configuration (javaSerializationFilter)");
        }
        assertThatThrownBy(() -> none.toObject(service.toData(new Parcel(1, null))))
                .hasMessageContaining("the class " + PACKAGE + ".Parcel is refused by the filter");
        assertThatThrownBy(() -> filtering("maxarray=1;*").toObject(service.toData(new Holder(new int[2]))))
                .hasMessageContaining("the class [I of length 2 is refused by the filter");
        assertThatThrownBy(() -> filtering("maxdepth=1;*").toObject(service.toData(new Holder(1))))
                .hasMessageContaining("refused by the filter");
    }

    // ---- hostile bytes

    @Test
    void classThatIsNotThere_isNamed() {
        byte[] bytes = requireNonNull(service.toData(new Noisy())).bytes();
        byte[] renamed = HexFormat.of()
                .parseHex(hex(bytes).replace(hex("JavaSerializationTest$Noisy"), hex("JavaSerializationTest$Moisy")));

        assertThatThrownBy(() -> service.toObject(Data.of(renamed)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("does not have the class " + PACKAGE + ".JavaSerializationTest$Moisy");
        assertThatThrownBy(() -> service.toObject(externalizable("com.acme.Missing")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("does not have the class com.acme.Missing");
    }

    @Test
    void otherVersionOfTheClass_isNamed_withWhatToDo() {
        byte[] bytes = requireNonNull(service.toData(new Noisy())).bytes();
        String name = hex("JavaSerializationTest$Noisy");
        String written = hex(bytes);
        assertThat(written).contains(name + "0000000000000001");
        byte[] changed = HexFormat.of().parseHex(written.replace(name + "0000000000000001", name + "0000000000000002"));

        assertThatThrownBy(() -> service.toObject(Data.of(changed)))
                .isInstanceOf(SerializationException.class)
                .hasCauseInstanceOf(InvalidClassException.class)
                .hasMessageContaining("type id -100 (java.io.Serializable)")
                .hasMessageContaining(PACKAGE + ".JavaSerializationTest$Noisy")
                .hasMessageContaining("is not the one the object was written with")
                .hasMessageContaining("serialVersionUID = 2")
                .hasMessageContaining("serialVersionUID = 1")
                .hasMessageContaining("declare in both the serialVersionUID of the object");
    }

    @Test
    void externalizable_classOfAnotherKind_isRefused() {
        assertThatThrownBy(() -> service.toObject(externalizable(Order.class.getName())))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(Order.class.getName() + " is not externalizable here");
        assertThatThrownBy(() -> service.toObject(externalizable("java.time.Ser")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.time.Ser could not be made");
        assertThatThrownBy(() -> service.toObject(externalizable("java.lang.Runtime")))
                .hasMessageContaining("the class java.lang.Runtime is refused");
        assertThatThrownBy(() -> service.toObject(externalizable("[I"))).hasMessageContaining("is not externalizable");
        assertThatThrownBy(() -> service.toObject(
                        Data.of(HexFormat.of().parseHex("00000000" + hex(TypeId.EXTERNALIZABLE) + "ffffffff"))))
                .hasMessageContaining("the object has no class name");
    }

    @Test
    void externalizable_withoutConstructor_isExplained() {
        assertThatThrownBy(() -> service.toObject(externalizable(NoConstructor.class.getName())))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(NoConstructor.class.getName() + " could not be made")
                .hasMessageContaining("a public constructor without parameters");
        assertThatThrownBy(() -> service.toObject(externalizable(FailingConstructor.class.getName())))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.lang.IllegalStateException: not today")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void truncations_areErrors() {
        for (Object value : List.of(Order.random(new Random(1)), new Parcel(7, Order.random(new Random(2))))) {
            byte[] bytes = requireNonNull(service.toData(value)).bytes();
            for (int length = 8; length < bytes.length; length++) {
                int cut = length;
                assertThatThrownBy(() -> service.toObject(bytes, 0, cut))
                        .as("the first %d of %d bytes", length, bytes.length)
                        .isInstanceOf(SerializationException.class)
                        .hasMessageMatching("(?s).*type id -10[01] \\(.*");
            }
        }
    }

    /** The JDK answers with an InternalError. */
    @Test
    void immutableMapWithoutItsLastValue_isRefused() {
        byte[] list = requireNonNull(service.toData(List.of("a"))).bytes();
        String asMap = hex(list).replace("7870000000017704", "7870000000037704");
        assertThat(asMap).isNotEqualTo(hex(list));

        assertThatThrownBy(() -> service.toObject(Data.of(HexFormat.of().parseHex(asMap))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("length is odd");
    }

    @Test
    void damagedBytes_giveAnObjectOrASerializationException() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        com.hazelcast.internal.serialization.SerializationService compressing = official(true, true);
        for (int i = 0; i < 20_000; i++) {
            Object value = i % 2 == 0 ? Order.random(random) : new Parcel(i, Order.random(random));
            byte[] bytes = i % 3 == 0
                    ? compressing.toData(value).toByteArray()
                    : requireNonNull(service.toData(value)).bytes();
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt();
            }
            try {
                service.toObject(bytes, 0, bytes.length);
            } catch (SerializationException e) {
                // what is expected of most
            } catch (Throwable e) {
                throw new AssertionError("number " + i + " with seed " + seed + ": " + hex(bytes), e);
            }
        }
    }

    // ---- code of the user

    @Test
    void exceptionsOfTheObject_areWrapped_errorsToo() {
        for (Exception cause : List.of(new IOException("disk"), new IllegalStateException("state"))) {
            Failing.FAILURE.set(null);
            Data readable = service.toData(new Failing());
            Failing.FAILURE.set(cause);
            assertThatThrownBy(() -> service.toData(new Failing()))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining(Failing.class.getName())
                    .hasCause(cause);
            assertThatThrownBy(() -> service.toObject(readable))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("type id -101 (java.io.Externalizable)")
                    .hasCause(cause);
        }
        AssertionError error = new AssertionError("broken");
        Failing.FAILURE.set(null);
        Data readable = service.toData(new Failing());
        Failing.FAILURE.set(error);
        assertThatThrownBy(() -> service.toData(new Failing()))
                .isInstanceOf(SerializationException.class)
                .hasRootCause(error);
        assertThatThrownBy(() -> service.toObject(readable))
                .isInstanceOf(SerializationException.class)
                .hasRootCause(error);
    }

    @Test
    void readObjectThatNeverEnds_isRefused() {
        Data data = service.toData(new Endless());

        assertThatThrownBy(() -> service.toObject(data))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("too deep for the stack")
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void classes_areLookedUpInTheConfiguredLoaderFirst() {
        Data data = service.toData(new Noisy());
        List<String> asked = new ArrayList<>();
        SerializationService configured = new SerializationService(ClientConfig.builder()
                .javaSerializationAllowed(PACKAGE + ".*")
                .classLoader(new ClassLoader(JavaSerializationTest.class.getClassLoader()) {
                    @Override
                    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                        asked.add(name);
                        return super.loadClass(name, resolve);
                    }
                })
                .build()
                .serialization());

        configured.toObject(data);

        assertThat(asked).contains(Noisy.class.getName());
    }

    // ---- helpers

    private static SerializationService allowing(String... patterns) {
        return new SerializationService(ClientConfig.builder()
                .javaSerializationAllowed(patterns)
                .build()
                .serialization());
    }

    private static SerializationService filtering(String pattern) {
        return new SerializationService(ClientConfig.builder()
                .javaSerializationFilter(ObjectInputFilter.Config.createFilter(pattern))
                .build()
                .serialization());
    }

    static com.hazelcast.internal.serialization.SerializationService official(boolean bigEndian, boolean compressed) {
        return new DefaultSerializationServiceBuilder()
                .setConfig(new SerializationConfig().setEnableCompression(compressed))
                .setByteOrder(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .build();
    }

    private static Data externalizable(String className) {
        return Data.of(ByteBuffer.allocate(12 + className.length() + 4)
                .putInt(0)
                .putInt(TypeId.EXTERNALIZABLE)
                .putInt(className.length())
                .put(className.getBytes(US_ASCII))
                .putInt(0xACED0005)
                .array());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String hex(String ascii) {
        return hex(ascii.getBytes(US_ASCII));
    }

    private static String hex(int value) {
        return HexFormat.of().toHexDigits(value);
    }

    private record Holder(Object content) implements Serializable {}

    private static final class Noisy implements Serializable {
        private static final long serialVersionUID = 1;
        static int read;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            read++;
        }
    }

    private static final class Endless implements Serializable {
        private static final long serialVersionUID = 1;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeInt(1);
        }

        @SuppressWarnings("InfiniteRecursion") // what is tested
        private void readObject(ObjectInputStream in) throws IOException {
            readObject(in);
        }
    }

    /** Public, and without the constructor it needs. */
    public static final class NoConstructor implements Externalizable {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("unused")
        NoConstructor(int ignored) {}

        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {}
    }

    /** Public, and with a constructor that fails. */
    public static final class FailingConstructor implements Externalizable {
        private static final long serialVersionUID = 1;

        public FailingConstructor() {
            throw new IllegalStateException("not today");
        }

        @Override
        public void writeExternal(ObjectOutput out) {}

        @Override
        public void readExternal(ObjectInput in) {}
    }

    /** Throws what the test says. */
    public static final class Failing implements Externalizable {
        private static final long serialVersionUID = 1;
        static final AtomicReference<@Nullable Throwable> FAILURE = new AtomicReference<>();

        public Failing() {}

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            fail();
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            fail();
        }

        private static void fail() throws IOException {
            Throwable failure = FAILURE.get();
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
