// SPDX-License-Identifier: Apache-2.0
package io.filbert.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.error.SerializationException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class ClassDefinitionBuilderTest {

    private static final ClassDefinition NESTED =
            new ClassDefinitionBuilder(8, 9, 3).addIntField("x").build();

    @Test
    void fields_areNumberedInTheirOrder() {
        ClassDefinition definition = new ClassDefinitionBuilder(1, 2, 3)
                .addIntField("b")
                .addPortableField("p", NESTED)
                .addPortableArrayField("pa", NESTED)
                .addStringField("a")
                .build();
        assertThat(definition)
                .isEqualTo(new ClassDefinition(
                        1,
                        2,
                        3,
                        List.of(
                                new FieldDefinition(0, "b", FieldType.INT, 0, 0, 0),
                                new FieldDefinition(1, "p", FieldType.PORTABLE, 8, 9, 3),
                                new FieldDefinition(2, "pa", FieldType.PORTABLE_ARRAY, 8, 9, 3),
                                new FieldDefinition(3, "a", FieldType.STRING, 0, 0, 0))));
    }

    @Test
    void version_isThatOfTheClientUnlessGiven() {
        assertThat(new ClassDefinitionBuilder(1, 2).build().version()).isNegative();
    }

    @Test
    void eachType_hasAMethod() {
        Map<FieldType, BiFunction<ClassDefinitionBuilder, String, ClassDefinitionBuilder>> methods = Map.ofEntries(
                Map.entry(FieldType.BYTE, ClassDefinitionBuilder::addByteField),
                Map.entry(FieldType.BOOLEAN, ClassDefinitionBuilder::addBooleanField),
                Map.entry(FieldType.CHAR, ClassDefinitionBuilder::addCharField),
                Map.entry(FieldType.SHORT, ClassDefinitionBuilder::addShortField),
                Map.entry(FieldType.INT, ClassDefinitionBuilder::addIntField),
                Map.entry(FieldType.LONG, ClassDefinitionBuilder::addLongField),
                Map.entry(FieldType.FLOAT, ClassDefinitionBuilder::addFloatField),
                Map.entry(FieldType.DOUBLE, ClassDefinitionBuilder::addDoubleField),
                Map.entry(FieldType.STRING, ClassDefinitionBuilder::addStringField),
                Map.entry(FieldType.DECIMAL, ClassDefinitionBuilder::addDecimalField),
                Map.entry(FieldType.TIME, ClassDefinitionBuilder::addTimeField),
                Map.entry(FieldType.DATE, ClassDefinitionBuilder::addDateField),
                Map.entry(FieldType.TIMESTAMP, ClassDefinitionBuilder::addTimestampField),
                Map.entry(FieldType.TIMESTAMP_WITH_TIMEZONE, ClassDefinitionBuilder::addTimestampWithTimezoneField),
                Map.entry(FieldType.PORTABLE, (builder, name) -> builder.addPortableField(name, NESTED)),
                Map.entry(FieldType.BYTE_ARRAY, ClassDefinitionBuilder::addByteArrayField),
                Map.entry(FieldType.BOOLEAN_ARRAY, ClassDefinitionBuilder::addBooleanArrayField),
                Map.entry(FieldType.CHAR_ARRAY, ClassDefinitionBuilder::addCharArrayField),
                Map.entry(FieldType.SHORT_ARRAY, ClassDefinitionBuilder::addShortArrayField),
                Map.entry(FieldType.INT_ARRAY, ClassDefinitionBuilder::addIntArrayField),
                Map.entry(FieldType.LONG_ARRAY, ClassDefinitionBuilder::addLongArrayField),
                Map.entry(FieldType.FLOAT_ARRAY, ClassDefinitionBuilder::addFloatArrayField),
                Map.entry(FieldType.DOUBLE_ARRAY, ClassDefinitionBuilder::addDoubleArrayField),
                Map.entry(FieldType.STRING_ARRAY, ClassDefinitionBuilder::addStringArrayField),
                Map.entry(FieldType.DECIMAL_ARRAY, ClassDefinitionBuilder::addDecimalArrayField),
                Map.entry(FieldType.TIME_ARRAY, ClassDefinitionBuilder::addTimeArrayField),
                Map.entry(FieldType.DATE_ARRAY, ClassDefinitionBuilder::addDateArrayField),
                Map.entry(FieldType.TIMESTAMP_ARRAY, ClassDefinitionBuilder::addTimestampArrayField),
                Map.entry(
                        FieldType.TIMESTAMP_WITH_TIMEZONE_ARRAY,
                        ClassDefinitionBuilder::addTimestampWithTimezoneArrayField),
                Map.entry(FieldType.PORTABLE_ARRAY, (builder, name) -> builder.addPortableArrayField(name, NESTED)));
        assertThat(methods).containsOnlyKeys(FieldType.values());
        methods.forEach((type, method) -> {
            ClassDefinition definition =
                    method.apply(new ClassDefinitionBuilder(1, 1), "field").build();
            assertThat(definition.fields()).singleElement().satisfies(field -> {
                assertThat(field.type()).isEqualTo(type);
                assertThat(field.name()).isEqualTo("field");
            });
        });
    }

    @Test
    void nameTwice_isRefused() {
        ClassDefinitionBuilder builder = new ClassDefinitionBuilder(1, 2, 3).addIntField("x");
        assertThatThrownBy(() -> builder.addLongField("x"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("\"x\" to portable class 2 of factory 1, version 3");
        assertThat(builder.build().fields()).hasSize(1);
    }

    @Test
    void fieldAfterBuild_isRefused() {
        ClassDefinitionBuilder builder = new ClassDefinitionBuilder(1, 2).addIntField("x");
        builder.build();
        assertThatThrownBy(() -> builder.addIntField("y"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("before build()");
    }

    @Test
    void nestedClassZero_isRefused() {
        ClassDefinition zero = new ClassDefinitionBuilder(1, 0).build();
        assertThatThrownBy(() -> new ClassDefinitionBuilder(1, 2).addPortableField("p", zero))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"p\"");
        assertThatThrownBy(() -> new ClassDefinitionBuilder(1, 2).addPortableArrayField("p", zero))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void names_areAsciiAndFitAShort() {
        ClassDefinitionBuilder builder = new ClassDefinitionBuilder(1, 2);
        assertThatThrownBy(() -> builder.addIntField("größe"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("größe");
        assertThatThrownBy(() -> builder.addIntField("x".repeat(32768)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("32768 characters");
        builder.addIntField("x".repeat(32767)).addIntField("");
        assertThat(builder.build().fields()).hasSize(2);
    }

    @Test
    void definitionMadeWithoutBuilder_mustBeConsistentToo() {
        FieldDefinition x = new FieldDefinition(0, "x", FieldType.INT, 0, 0, 0);
        assertThatThrownBy(() ->
                        new ClassDefinition(1, 2, 3, List.of(x, new FieldDefinition(1, "x", FieldType.INT, 0, 0, 0))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("two fields with the name \"x\"");
        assertThatThrownBy(() ->
                        new ClassDefinition(1, 2, 3, List.of(x, new FieldDefinition(2, "y", FieldType.INT, 0, 0, 0))))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("the index 2 but is at position 1");
    }
}
