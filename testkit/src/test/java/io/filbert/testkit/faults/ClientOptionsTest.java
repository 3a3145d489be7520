// SPDX-License-Identifier: Apache-2.0
package io.filbert.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientOptionsTest {

    @Test
    void arguments_carryEverythingToTheOtherProcess() {
        ClientOptions options = new ClientOptions(
                List.of("127.0.0.1:5701", "member.filbert.test:5702"),
                false,
                Path.of("ca.pem"),
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                Duration.ofSeconds(3),
                Duration.ofMillis(40),
                Duration.ofSeconds(5));
        assertThat(ClientOptions.parse(options.toArguments())).isEqualTo(options);
        ClientOptions plain = new ClientOptions(
                List.of("127.0.0.1:5701"),
                true,
                null,
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                Duration.ofSeconds(3),
                Duration.ofMillis(40),
                Duration.ofSeconds(5));
        assertThat(ClientOptions.parse(plain.toArguments())).isEqualTo(plain);
    }
}
