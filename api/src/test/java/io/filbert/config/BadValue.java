// SPDX-License-Identifier: Apache-2.0
package io.filbert.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.ConfigurationException;
import java.util.function.Consumer;

/**
 * What a configuration must refuse.
 *
 * @param set gives it to the builder
 * @param option the option at fault
 * @param shown the value, as the report shows it
 * @param allowed the range the report names
 */
record BadValue(Consumer<ClientConfig.Builder> set, String option, String shown, String allowed) {

    void assertReported() {
        ClientConfig.Builder builder = ClientConfig.builder();
        set.accept(builder);

        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .asString()
                                .startsWith(option + " is " + shown + ", but must be " + allowed + ": ")
                                .matches(".*: \\w.{10,}"));
    }

    @Override
    public String toString() {
        return option + " = " + shown;
    }
}
