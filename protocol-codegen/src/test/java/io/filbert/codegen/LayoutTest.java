// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.filbert.codegen.Schema.Field;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static List<Field> fields(String line) {
        SchemaParser parser = new SchemaParser();
        parser.parse("test.schema", List.of("type T since 2.0 " + line));
        return Objects.requireNonNull(parser.schema().types().get("T")).fields();
    }

    @Test
    void of_mixedFields_packsTheFixedOnes() {
        List<Field> fields = fields("a:boolean b:String c:UUID? d:int e:byte[] f:long g:float h:byte");
        Layout layout = Layout.of(16, fields);
        assertThat(layout.offsets().values()).containsExactly(16, 17, 34, 38, 46, 50);
        assertThat(layout.variable()).extracting(Field::name).containsExactly("b", "e");
        assertThat(layout.requiredBytes()).isEqualTo(51);
        assertThat(layout.totalBytes()).isEqualTo(51);
    }

    @Test
    void of_addedFields_areNotRequired() {
        Layout layout = Layout.of(13, fields("a:int b:long@2.1=0 c:String@2.2=null d:boolean@2.3=true"));
        assertThat(layout.requiredBytes()).isEqualTo(17);
        assertThat(layout.totalBytes()).isEqualTo(26);
        assertThat(layout.offsets().values()).containsExactly(13, 17, 25);
    }

    @Test
    void of_nothing_isTheHeader() {
        assertThat(Layout.of(13, List.of())).isEqualTo(new Layout(Map.of(), List.of(), 13, 13));
    }
}
