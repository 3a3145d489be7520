// SPDX-License-Identifier: Apache-2.0
package io.filbert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import io.filbert.config.ClientConfig;
import io.filbert.error.ConfigurationException;
import io.filbert.internal.runtime.Eventually;
import io.filbert.serialization.ClassDefinition;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client leaves behind that could not be put together, or could not start. */
class ClientPartsTest {

    private static final String NAME = "parts-of-a-test";

    private static ClientConfig.Builder options() {
        return ClientConfig.builder().clientName(NAME).ioThreads(2).asyncStart(true);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("filbert-" + NAME))
                .toList();
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    private static Consumer<Thread> noThread(String role) {
        return thread -> {
            if (thread.getName().endsWith(role)) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
    }

    /** The selectors of such clients used to stay open for ever. */
    @Test
    void construct_serializationIsConfiguredWrongly_leavesNothingOpen() {
        ClientConfig wrong = options()
                .classDefinitions(new ClassDefinition(1, 0, 0, List.of()))
                .build();
        assertThatThrownBy(() -> new ClientParts(wrong)).isInstanceOf(ConfigurationException.class);
        long before = openFiles();

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> HazelcastClient.connect(wrong)).isInstanceOf(ConfigurationException.class);
        }

        assertThat(openFiles()).isLessThan(before + 20);
        assertThat(threads()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io-0", "io-1", "timer"})
    void connect_threadCannotBeStarted_throwsAndLeavesNothingOpen(String role) {
        long before = openFiles();

        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() ->
                            HazelcastClient.connect(new ClientParts(options().build(), noThread(role))))
                    .isInstanceOf(OutOfMemoryError.class);
        }

        Eventually.holds("no thread of the client", () -> threads().isEmpty());
        assertThat(openFiles()).isLessThan(before + 10);
    }
}
