// SPDX-License-Identifier: Apache-2.0
package io.filbert.internal.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatJsonTest {

    @Test
    void objects_ofTheAnswer_giveTheirTexts() throws IOException {
        assertThat(FlatJson.objects(" [ {\"a\" : \"1\", \"b\":\"2\"} ,\n{\"a\":\"\"}, {} ] "))
                .isEqualTo(List.of(Map.of("a", "1", "b", "2"), Map.of("a", ""), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", " [ ] ", "\t[\r\n]"})
    void objects_emptyArray_areNone(String text) throws IOException {
        assertThat(FlatJson.objects(text)).isEmpty();
    }

    @Test
    void objects_fieldsOfOtherKinds_areLeftOut() throws IOException {
        String others = "\"i\":-0.5e+10,\"j\":0,\"k\":12E3,\"t\":true,\"f\":false,\"n\":null,"
                + "\"o\":{\"x\":{\"y\":\"z\"}},\"l\":[1,[\"2\"],{}]";

        assertThat(FlatJson.objects("[{" + others + ",\"a\":\"b\"}]")).containsExactly(Map.of("a", "b"));
    }

    @Test
    void objects_escapes_areUndone() throws IOException {
        assertThat(FlatJson.objects("[{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\\uDE00\"}]"))
                .containsExactly(Map.of("a", "\"\\/\b\f\n\r\t\u00e4\uD83D\uDE00"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{}",
                "[",
                "]",
                "[{}",
                "[{},]",
                "[,{}]",
                "[{}] x",
                "[{}][]",
                "[1]",
                "[null]",
                "[{a:1}]",
                "[{\"a\"}]",
                "[{\"a\":}]",
                "[{\"a\":1,}]",
                "[{\"a\":01}]",
                "[{\"a\":1.}]",
                "[{\"a\":.5}]",
                "[{\"a\":+1}]",
                "[{\"a\":-}]",
                "[{\"a\":1e}]",
                "[{\"a\":tru}]",
                "[{\"a\":NaN}]",
                "[{\"a\":'b'}]",
                "[{\"a\":\"b}]",
                "[{\"a\":\"\n\"}]",
                "[{\"a\":\"\\x\"}]",
                "[{\"a\":\"\\u00g0\"}]",
                "[{\"a\":\"\\u00",
                "[{\"a\":[1 2]}]",
                "[{\"a\":[1,]}]",
                "[{\"a\":\u0661}]",
                "<html>",
            })
    void objects_whatIsNotTheAnswer_isRefusedSayingWhere(String text) {
        assertThatThrownBy(() -> FlatJson.objects(text))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("(?s).*at character \\d+ is .* instead of .*");
    }

    @Test
    void objects_endlessNesting_isRefused() {
        assertThatThrownBy(() -> FlatJson.objects("[{\"a\":" + "[".repeat(100_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("64 levels");
        assertThatThrownBy(() -> FlatJson.objects("[" + "{\"a\":".repeat(100_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("64 levels");
    }

    @Test
    void objects_randomTexts_giveAnAnswerOrAnError() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String letters = "[]{}\",:\\ua1-.e tfn";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("[{\"");
            for (int n = random.nextInt(30); n > 0; n--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            try {
                FlatJson.objects(text.toString());
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("instead of");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
    }
}
