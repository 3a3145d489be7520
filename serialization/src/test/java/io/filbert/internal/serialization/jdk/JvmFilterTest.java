// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.jdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.config.ClientConfig;
import io.filbert.error.SerializationException;
import io.filbert.internal.serialization.SerializationService;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a JVM of its own, because a JVM has one filter for as long as it lives. */
class JvmFilterTest {

    @ParameterizedTest
    @CsvSource({
        "'', '1970-01-01T00:00:00Z, read'",
        "!java.time.*, 'the class java.time.Ser is refused by the filter of this JVM (jdk.serialFilter)., read'",
        "!io.filbert.**, '1970-01-01T00:00:00Z, refused by the JVM'",
    })
    void filterOfTheJvm_isAskedToo(String filter, String outcome) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (!filter.isEmpty()) {
            command.add("-Djdk.serialFilter=" + filter);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Reads.class.getName()));
        Process jvm = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(jvm.getInputStream().readAllBytes(), UTF_8);

        assertThat(jvm.waitFor()).as(printed).isZero();
        assertThat(printed.lines().reduce((first, last) -> last).orElse(""))
                .as(printed)
                .isEqualTo(outcome);
    }

    /** Says what became of a value of the JDK, and of an externalizable object. */
    static final class Reads {

        private Reads() {}

        public static void main(String[] arguments) {
            System.out.println(read(Instant.EPOCH) + ", "
                    + (read(new Parcel(1, null)).contains("refused by the filter of this JVM")
                            ? "refused by the JVM"
                            : "read"));
        }

        private static String read(Object object) {
            SerializationService service = new SerializationService(ClientConfig.builder()
                    .javaSerializationAllowed("io.filbert.**")
                    .build()
                    .serialization());
            try {
                return String.valueOf(service.<Object>toObject(service.toData(object)));
            } catch (SerializationException e) {
                String message = String.valueOf(e.getMessage());
                String before = "could not read it again: ";
                return message.substring(message.indexOf(before) + before.length());
            }
        }
    }
}
