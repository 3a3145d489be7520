// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.serialization.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.config.ClientConfig;
import io.filbert.error.ConfigurationException;
import io.filbert.serialization.ObjectDataInput;
import io.filbert.serialization.ObjectDataOutput;
import io.filbert.serialization.StreamSerializer;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configuration refuses serializers for exactly the classes that have a form here. */
class BuiltInClassesTest {

    static Stream<Class<?>> classes() {
        return BuiltInTypes.classes().stream();
    }

    @ParameterizedTest
    @MethodSource("classes")
    void customSerializer_forABuiltInClass_isRefused(Class<?> type) {
        ClientConfig.Builder builder = ClientConfig.builder().customSerializers(Map.of(type, new Useless()));

        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("customSerializers: " + type.getTypeName() + " is a class with a built-in form");
    }

    @Test
    void classesOfTheConfiguration_areThoseWithAForm() throws ReflectiveOperationException {
        Field all = Class.forName("io.filbert.config.BuiltInClasses").getDeclaredField("ALL");
        all.setAccessible(true);

        assertThat((Set<?>) all.get(null)).isEqualTo(BuiltInTypes.classes());
    }

    private static final class Useless implements StreamSerializer<Object> {

        @Override
        public int getTypeId() {
            return 1;
        }

        @Override
        public void write(ObjectDataOutput out, Object object) {}

        @Override
        public Object read(ObjectDataInput in) {
            return this;
        }
    }
}
