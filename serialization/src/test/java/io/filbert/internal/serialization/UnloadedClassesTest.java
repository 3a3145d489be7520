// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.config.ClientConfig;
import io.filbert.error.ClientClosedException;
import io.filbert.error.SerializationException;
import io.filbert.internal.protocol.Data;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Applications that come and go in one process. Guards against a client that keeps the classes of an undeployed application in memory, and
 * against the classes of one application in place of another's.
 */
class UnloadedClassesTest {

    private static Path directory = Path.of("");

    @BeforeAll
    static void compile(@TempDir Path folder) throws Exception {
        directory = folder;
        Path source = Files.writeString(
                directory.resolve("App.java"),
                """
                public class App implements java.util.function.Supplier<java.util.List<Object>> {
                    public record Plain(int a, Kind kind) {}
                    public record Ser(int a) implements java.io.Serializable {}
                    public enum Kind { ONE }
                    public java.util.List<Object> get() {
                        return java.util.List.of(new Plain(1, Kind.ONE), new Ser(2), Kind.ONE, java.util.List.of(new Plain(3, null)));
                    }
                }
                """);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", directory.toString(), source.toString());
        assertThat(result).isZero();
    }

    private static ClassLoader application() throws Exception {
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, null);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> objects(ClassLoader application) throws Exception {
        return ((java.util.function.Supplier<List<Object>>)
                        application.loadClass("App").getDeclaredConstructor().newInstance())
                .get();
    }

    private static SerializationService createdIn(@Nullable ClassLoader context) throws Exception {
        FutureTask<SerializationService> task = new FutureTask<>(SerializationService::new);
        Thread thread = new Thread(task);
        thread.setContextClassLoader(context);
        thread.start();
        return task.get();
    }

    private static void assertCollected(WeakReference<ClassLoader> application) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (application.get() != null && System.nanoTime() - end < 0) {
            clearSoftReferences();
        }
        assertThat(application.get()).isNull();
    }

    /** Caches of the JDK keep method handles and class descriptions as long as there is memory. */
    @SuppressWarnings("ModifiedButNotUsed")
    private static void clearSoftReferences() {
        try {
            List<byte[]> all = new ArrayList<>();
            while (true) {
                all.add(new byte[64 << 20]);
            }
        } catch (OutOfMemoryError e) {
            System.gc();
        }
    }

    private static WeakReference<ClassLoader> writeAndRead(SerializationService service, ClassLoader application)
            throws Exception {
        List<Object> objects = objects(application);
        for (Object object : objects) {
            // Not by equals, because of which JDK 17 keeps the classes of records for good.
            Object read = requireNonNull(service.<Object>toObject(service.toData(object)));
            if (!(object instanceof List) && read.getClass() != object.getClass()) {
                throw new AssertionError("not read as it was written");
            }
        }
        return new WeakReference<>(application);
    }

    private static WeakReference<ClassLoader> use(boolean configured, List<SerializationService> kept) throws Exception {
        ClassLoader application = application();
        SerializationService service = configured
                ? new SerializationService(
                        ClientConfig.builder().classLoader(application).build().serialization())
                : createdIn(application);
        kept.add(service);
        return writeAndRead(service, application);
    }

    @Test
    void applicationThatIsGone_isNotKept_byAClientThatLives() throws Exception {
        List<SerializationService> kept = new ArrayList<>();
        assertCollected(use(false, kept));
        assertThat(kept.get(0).<Object>toObject(kept.get(0).toData("still works"))).isEqualTo("still works");
    }

    @Test
    void configuredLoader_isKeptUntilTheClientIsClosed() throws Exception {
        List<SerializationService> kept = new ArrayList<>();
        WeakReference<ClassLoader> application = use(true, kept);
        System.gc();
        assertThat(application.get()).isNotNull();

        kept.get(0).destroy();

        assertCollected(application);
    }

    @Test
    void classesOfTheSameName_sideBySide_areWrittenByTheirObjects_andReadWhereConfigured() throws Exception {
        ClassLoader one = application();
        ClassLoader other = application();
        SerializationService ofOne = new SerializationService(
                ClientConfig.builder().classLoader(one).build().serialization());
        for (ClassLoader writer : List.of(one, other)) {
            List<Object> objects = objects(writer);
            List<Object> expected = objects(one);
            for (int i = 0; i < objects.size(); i++) {
                Object read = ofOne.toObject(ofOne.toData(objects.get(i)));
                assertThat(read).isEqualTo(expected.get(i));
            }
        }
    }

    record Local(int a) {}

    record Other(int a) implements Serializable {}

    @Test
    void closedClient_writesAndReadsBuiltInForms_andNoOthers() {
        SerializationService service = new SerializationService();
        Data local = requireNonNull(service.toData(new Local(1)));
        service.destroy();

        assertThat(service.<Object>toObject(service.toData(new ArrayList<>(List.of("a", 1)))))
                .isEqualTo(List.of("a", 1));
        assertThatThrownBy(() -> service.toData(new Other(1))).isInstanceOf(ClientClosedException.class);
        assertThatThrownBy(() -> service.toObject(local))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the client was closed before the object was read");
    }
}
