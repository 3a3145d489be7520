// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.SerializationException;
import io.filbert.internal.blocking.NonBlocking;
import io.filbert.internal.protocol.Data;
import io.filbert.internal.serialization.stream.DecodeElsewhere;
import io.filbert.internal.serialization.stream.TypeId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes as values: only a name is stored, and reading it may have to look for the class. */
class ClassValuesTest {
    private static final AtomicBoolean INITIALIZED = new AtomicBoolean();

    private final SerializationService service = new SerializationService();

    /** Says when code of it has run. */
    static final class Noisy {
        static {
            INITIALIZED.set(true);
        }
    }

    @Test
    void toObject_class_isNotInitialized() {
        Class<?> read = service.toObject(service.toData(Noisy.class));

        assertThat(read).isSameAs(Noisy.class);
        assertThat(INITIALIZED).isFalse();
        assertThat(new Noisy()).isNotNull();
        assertThat(INITIALIZED).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                void.class,
                boolean.class,
                byte.class,
                char.class,
                short.class,
                int.class,
                long.class,
                float.class,
                double.class,
                int[].class,
                String[][].class,
                Noisy[].class,
                Thread.State.class,
                Override.class
            })
    void toObject_anyKindOfClass_isTheSame(Class<?> type) {
        Class<?> read = service.toObject(service.toData(type));

        assertThat(read).isSameAs(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no.such.Class",
                "java/lang/String",
                "[Lno.such.Class;",
                "[",
                "[[",
                "[V",
                "int[]",
                "io.filbert.internal.serialization.classValuesTest",
                "\u0000",
            })
    void toObject_classThatIsNotThere_isNamed(String name) {
        assertThatThrownBy(() -> service.toObject(named(name)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(
                        "type id -24 (java.lang.Class) at offset 8: the class " + name + " cannot be loaded")
                .hasMessageContaining("class path");
    }

    @Test
    void toObject_veryLongName_isCutInTheError() {
        assertThatThrownBy(() -> service.toObject(named("x".repeat(60_000))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the class " + "x".repeat(200) + "... cannot be loaded")
                .satisfies(
                        e -> assertThat(requireNonNull(e.getMessage()).length()).isLessThan(1000));
        assertThatThrownBy(() -> service.toObject(named("[".repeat(300) + "I")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("cannot be loaded");
    }

    @Test
    void toObject_contextClassLoader_comesFirst() throws Exception {
        Data data = requireNonNull(service.toData(Noisy.class));
        ClassLoader own = new OwnCopy();

        SerializationService ofOwn = onThread(false, own, SerializationService::new);
        assertThat(requireNonNull(ofOwn.<Class<?>>toObject(data)).getClassLoader())
                .isSameAs(own);
        assertThat(onThread(false, null, SerializationService::new).<Class<?>>toObject(data))
                .isSameAs(Noisy.class);
        assertThat(onThread(false, ClassLoader.getPlatformClassLoader(), SerializationService::new)
                        .<Class<?>>toObject(data))
                .as("unknown to the context, known to the client")
                .isSameAs(Noisy.class);
    }

    @Test
    void toObject_contextClassLoaderThatFails_isOneThatDoesNotKnowTheClass() throws Exception {
        Data data = requireNonNull(service.toData(Noisy.class));
        ClassLoader broken = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) {
                throw new IllegalStateException("closed");
            }
        };

        SerializationService ofBroken = onThread(false, broken, SerializationService::new);
        assertThat(ofBroken.<Class<?>>toObject(data)).isSameAs(Noisy.class);
        assertThatThrownBy(() -> ofBroken.toObject(named("com.acme.Unknown")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the class com.acme.Unknown cannot be loaded")
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void toObject_threadThatMustNotWait_leavesClassesToOthers() throws Exception {
        Data type = requireNonNull(service.toData(Noisy.class));
        Data nested = requireNonNull(service.toData(new ArrayList<>(List.of("a", Noisy.class))));
        Data harmless = requireNonNull(service.toData(new ArrayList<>(List.of("a", 1))));

        assertThatThrownBy(() -> onIoThread(() -> service.toObject(type)))
                .hasRootCauseInstanceOf(DecodeElsewhere.class);
        assertThatThrownBy(() -> onIoThread(() -> service.toObject(nested)))
                .hasRootCauseInstanceOf(DecodeElsewhere.class);
        assertThat(onIoThread(() -> service.<List<Object>>toObject(harmless))).containsExactly("a", 1);
    }

    private static Data named(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return Data.of(ByteBuffer.allocate(12 + text.length)
                .putInt(0)
                .putInt(TypeId.CLASS)
                .putInt(text.length)
                .put(text)
                .array());
    }

    private static <T> T onIoThread(Callable<T> task) throws Exception {
        return onThread(true, ClassLoader.getSystemClassLoader(), task);
    }

    private static <T> T onThread(boolean io, @Nullable ClassLoader context, Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        Thread thread = io ? new IoThread(future) : new Thread(future);
        thread.setContextClassLoader(context);
        thread.start();
        return future.get();
    }

    private static final class IoThread extends Thread implements NonBlocking {
        IoThread(Runnable task) {
            super(task);
        }
    }

    /** Has classes of this test for itself. */
    private static final class OwnCopy extends ClassLoader {
        OwnCopy() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (InputStream in = ClassValuesTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
