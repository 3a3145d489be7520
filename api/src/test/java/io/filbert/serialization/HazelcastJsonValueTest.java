// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.filbert.error.SerializationException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** With Jackson on the class path; {@link JsonMappersTest} has the other cases. */
class HazelcastJsonValueTest {

    record Person(String name, int age, List<@Nullable String> friends) {}

    @Test
    void constructor_keepsTheTextAsItIs() {
        assertThat(new HazelcastJsonValue("  {not json")).hasToString("  {not json");
        assertThat(new HazelcastJsonValue("{}"))
                .isEqualTo(new HazelcastJsonValue("{}"))
                .hasSameHashCodeAs(new HazelcastJsonValue("{}"))
                .isNotEqualTo(new HazelcastJsonValue("{ }"));
    }

    @Test
    void of_object_isItsJson_andComesBack() {
        Person person = new Person("é€😀\"", 42, Arrays.asList("x", null));

        HazelcastJsonValue json = HazelcastJsonValue.of(person);

        assertThat(json).hasToString("{\"name\":\"é€😀\\\"\",\"age\":42,\"friends\":[\"x\",null]}");
        assertThat(json.as(Person.class)).isEqualTo(person);
        assertThat(String.valueOf(json.as(Map.class))).isEqualTo("{name=é€😀\", age=42, friends=[x, null]}");
    }

    @Test
    void of_simpleValues_areJsonToo() {
        assertThat(HazelcastJsonValue.of("a\"b")).hasToString("\"a\\\"b\"");
        assertThat(HazelcastJsonValue.of(1)).hasToString("1");
        assertThat(HazelcastJsonValue.of(Map.of("age", 20))).hasToString("{\"age\":20}");
        assertThat(HazelcastJsonValue.of("text").as(String.class)).isEqualTo("text");
    }

    @Test
    void as_nullText_isNull() {
        assertThat(new HazelcastJsonValue("null").as(Person.class)).isNull();
    }

    @Test
    @SuppressWarnings("NullAway") // nulls on purpose
    void null_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> new HazelcastJsonValue(null));
        assertThatNullPointerException()
                .isThrownBy(() -> HazelcastJsonValue.of(null))
                .withMessage("value");
        assertThatNullPointerException()
                .isThrownBy(() -> new HazelcastJsonValue("1").as(null))
                .withMessage("type");
    }

    @Test
    void of_objectThatIsNoJson_isAnErrorAtOnce() {
        assertThatThrownBy(() -> HazelcastJsonValue.of(new Object()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Cannot make a JSON text of an object of java.lang.Object")
                .hasCauseInstanceOf(JsonProcessingException.class);
    }

    @Test
    void as_textThatIsNoSuchObject_isAnErrorAtOnce() {
        for (String text : List.of("{not json", "[1]", "{\"unknown\": 1}", "")) {
            assertThatThrownBy(() -> new HazelcastJsonValue(text).as(Person.class))
                    .as(text)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("Cannot make an object of " + Person.class.getName() + " from a JSON text: ")
                    .hasCauseInstanceOf(JsonProcessingException.class);
        }
    }
}
