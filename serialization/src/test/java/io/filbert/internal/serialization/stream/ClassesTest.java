// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where classes are looked up: guards against an object that is read differently by different threads. */
class ClassesTest {

    private static final String ABSENT = "nobody.has.This";

    private final AtomicLong now = new AtomicLong();
    private final List<String> asked = new ArrayList<>();

    /** Notes that it is asked; has what its parent has. */
    private final class Asked extends ClassLoader {
        private final String label;

        Asked(String label) {
            super(ClassLoader.getPlatformClassLoader());
            this.label = label;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            asked.add(label);
            throw new ClassNotFoundException(name);
        }
    }

    private Classes classes(@Nullable ClassLoader configured, @Nullable ClassLoader context) throws Exception {
        return onThread(context, () -> new Classes(configured, now::get));
    }

    private static <T> T onThread(@Nullable ClassLoader context, Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        Thread thread = new Thread(future);
        thread.setContextClassLoader(context);
        thread.start();
        return future.get();
    }

    @Test
    void find_asksTheConfiguredLoader_thenTheContext_thenTheOwn_onceEach() throws Exception {
        ClassLoader context = new Asked("context");
        Classes classes = classes(new Asked("configured"), context);

        assertThat(classes.find(ClassesTest.class.getName())).isSameAs(ClassesTest.class);
        assertThat(asked).containsExactly("configured", "context");

        asked.clear();
        ClassLoader both = new Asked("both");
        assertThat(classes(both, both).find(ClassesTest.class.getName())).isSameAs(ClassesTest.class);
        assertThat(asked).containsExactly("both");
    }

    @Test
    void find_theThreadThatLooks_makesNoDifference() throws Exception {
        ClassLoader context = new Asked("connecting");
        Classes classes = classes(null, context);
        ClassLoader other = new Asked("looking");

        assertThat(onThread(other, () -> classes.find(ClassesTest.class.getName())))
                .isSameAs(ClassesTest.class);
        assertThat(asked).containsExactly("connecting");
    }

    @Test
    void find_absentClass_isSearchedForOnce_andAgainLater() throws Exception {
        Classes classes = classes(new Asked("configured"), null);

        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> classes.find(ABSENT))
                    .isInstanceOf(ClassNotFoundException.class)
                    .hasMessageContaining(ABSENT);
        }
        assertThat(asked).hasSize(1);

        Classes.Absence absence = classes.absence();
        assertThat(absence.isOutdated()).isFalse();
        now.addAndGet(TimeUnit.SECONDS.toNanos(10));
        assertThat(absence.isOutdated()).isTrue();
        assertThatThrownBy(() -> classes.find(ABSENT)).isInstanceOf(ClassNotFoundException.class);
        assertThat(asked).hasSize(2);
    }

    @Test
    void find_manyAbsentClasses_areNotAllRemembered() throws Exception {
        Classes classes = classes(new Asked("configured"), null);
        for (int i = 0; i < 5_000; i++) {
            String name = "absent.Class" + i;
            assertThatThrownBy(() -> classes.find(name)).isInstanceOf(ClassNotFoundException.class);
        }
        asked.clear();

        assertThatThrownBy(() -> classes.find("absent.Class0")).isInstanceOf(ClassNotFoundException.class);
        assertThat(asked).as("forgotten, because there were too many").hasSize(1);
    }

    @Test
    void proxy_isDefinedWhereAllInterfacesAreSeen() throws Exception {
        Classes classes = classes(new Asked("configured"), null);

        Class<?> proxy = classes.proxy(new String[] {"java.lang.Runnable", Hidden.class.getName()});

        assertThat(proxy.getInterfaces()).containsExactly(Runnable.class, Hidden.class);
        assertThatThrownBy(() -> classes.proxy(new String[] {ABSENT})).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> classes.proxy(new String[] {"java.lang.String"}))
                .isInstanceOf(ClassNotFoundException.class);
    }

    private interface Hidden {}

    @Test
    void close_forgetsTheConfiguredLoader() throws Exception {
        Classes classes = classes(new Asked("configured"), null);
        classes.close();

        classes.find(ClassesTest.class.getName());

        assertThat(asked).isEmpty();
    }
}
