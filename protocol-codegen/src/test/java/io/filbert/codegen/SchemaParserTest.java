// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filbert.codegen.Schema.Field;
import io.filbert.codegen.Schema.Method;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaParserTest {
    private static Schema parse(String text) {
        SchemaParser parser = new SchemaParser();
        parser.parse("test.schema", text.lines().toList());
        return parser.schema();
    }

    @Test
    void parse_method_knowsAllItsFacts() {
        Schema schema = parse("""
                # a service
                service Map 0x01

                method put 0x02 since 2.1 retryable partition key  # with a remark
                  request name:String key:Data
                      ttl:long@2.3=-1
                  response response:Data?
                  event Entry since 2.4 key:Data? uuids:List<UUID>
                """);
        Method method = schema.methods().get(0);
        assertThat(method.location()).hasToString("test.schema:4");
        assertThat(method.fullName()).isEqualTo("Map.put");
        assertThat(method.retryable()).isTrue();
        assertThat(method.partitionRule()).isEqualTo("key");
        assertThat(method.request().messageType()).isEqualTo(0x010200);
        assertThat(method.response().messageType()).isEqualTo(0x010201);
        assertThat(method.events().get(0).messageType()).isEqualTo(0x010202);
        assertThat(method.events().get(0).since()).isEqualTo("2.4");
        assertThat(method.events().get(0).eventName()).isEqualTo("EntryEvent");
        Field ttl = method.request().fields().get(2);
        assertThat(ttl.location()).hasToString("test.schema:6");
        assertThat(ttl.added()).isTrue();
        assertThat(ttl.defaultValue()).isEqualTo("-1");
        assertThat(method.request().fields().get(0).added()).isFalse();
    }

    @Test
    void parse_testsOnly_isAPropertyOfTheMethodOrOfItsService() {
        Schema schema = parse("""
                service A 0x01
                method shipped 0x01 since 2.0
                  request
                  response
                method notShipped 0x02 since 2.0 retryable tests-only
                  request
                  response
                service B 0x02 tests-only
                method notShipped 0x01 since 2.0
                  request
                  response
                """);
        assertThat(schema.methods()).extracting(Method::shipped).containsExactly(true, false, false);
    }

    @Test
    void parse_typesAndConstants_areKept() {
        Schema schema = parse("""
                type Address since 2.0
                  host:String
                  port:int
                constants Color int
                  RED 1  # like a rose
                  BLUE -2
                """);
        assertThat(Objects.requireNonNull(schema.types().get("Address")).fields())
                .extracting(Field::name)
                .containsExactly("host", "port");
        assertThat(schema.constants().get(0).values().get(0).remark()).isEqualTo("like a rose");
        assertThat(schema.constants().get(0).values().get(1).value()).isEqualTo("-2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bogus | test.schema:1: unknown word \"bogus\"",
                "service Map | test.schema:1: expected: service NAME ID [tests-only]",
                "service Map 0x01 tests | test.schema:1: expected: service NAME ID [tests-only]",
                "service Map 0x100 | test.schema:1: id 0x100 does not fit in one byte",
                "service Map abc | test.schema:1: \"abc\" is not a number",
                "method put 0x01 since 2.0 | test.schema:1: a method needs a service line above it",
                "request name:String | test.schema:1: request needs a method line above it",
                "name:String | test.schema:1: a field needs a request, response, event or type line above it",
                "type A since 2 | test.schema:1: \"2\" is not a version",
                "type A since 2.0 a:Nope | test.schema:1: unknown type \"Nope\"",
                "type A since 2.0 a:List<String | test.schema:1: '>' is missing in type \"List<String\"",
                "type A since 2.0 a:List | test.schema:1: List takes 1 type arguments, not 0",
                "type A since 2.0 a:Map<String> | test.schema:1: Map takes 2 type arguments, not 1",
                "type A since 2.0 a:String<int> | test.schema:1: String takes 0 type arguments, not 1",
                "type A since 2.0 a:List<int> | test.schema:1: write int[] for a list of int",
                "type A since 2.0 a:char[] | test.schema:1: there is no array type char[]",
                "type A since 2.0 a:Set<String> | test.schema:1: only Set<UUID> exists",
                "type A since 2.0 a:Map<String?,String> | test.schema:1: only lists of variable-size items may hold nulls",
                "type A since 2.0 a:int? | test.schema:1: int has no null form on the wire",
                "type A since 2.0 a:int!b | test.schema:1: unexpected '!' in type \"int!b\"",
                "type A since 2.0 a | test.schema:1: \"a\" is not NAME:TYPE[@VERSION[=DEFAULT]]",
                "type A since 2.0 a:int a:long | test.schema:1: field \"a\" is there twice",
                "type A since 2.0 a:int@2.1 | test.schema:1: field \"a\" needs a default for older peers",
                "type A since 2.1 a:int@2.1=0 | test.schema:1: field \"a\" is not newer than its owner (2.1)",
                "type A since 2.0 a:int@2.1=0 b:int | test.schema:1: field \"b\" is older than \"a\" before it",
                "constants A char | test.schema:1: constants are byte, int or String, not char",
            })
    void parse_wrongLine_saysWhereAndWhat(String line, String message) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(SchemaException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "response | test.schema:3: a method has one request, then one response, then its events; expected request",
                "method other 0x02 since 2.0 | test.schema:2: method put needs a request and a response",
                "event | test.schema:3: expected: event NAME [since VERSION] FIELDS",
            })
    void parse_wrongMethod_saysWhereAndWhat(String line, String message) {
        assertThatThrownBy(() -> parse("service Map 0x01\nmethod put 0x01 since 2.0\n" + line))
                .isInstanceOf(SchemaException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({
        "partition nowhere, unknown partition rule \"nowhere\"",
        "sometimes, unknown method attribute \"sometimes\"",
    })
    void parse_wrongAttribute_saysWhich(String attribute, String message) {
        assertThatThrownBy(() -> parse("service Map 0x01\nmethod put 0x01 since 2.0 " + attribute))
                .isInstanceOf(SchemaException.class)
                .hasMessage("test.schema:2: " + message);
    }

    @Test
    void parse_sameIdTwice_namesTheFirst() {
        assertThatThrownBy(() -> parse("""
                        service Map 0x01
                        method put 0x01 since 2.0
                          request
                          response
                        method get 0x01 since 2.0
                        """))
                .isInstanceOf(SchemaException.class)
                .hasMessage("test.schema:5: method id Map 1 is already defined at test.schema:2");
    }

    @ParameterizedTest
    @CsvSource({"2.0, 2.0, 0", "2.0, 2.0.1, -1", "2.10, 2.9, 1", "2.0.0, 2.0, 0"})
    void compareVersions_isNumeric(String left, String right, int order) {
        assertThat(SchemaParser.compareVersions(left, right)).isEqualTo(order);
        assertThat(SchemaParser.compareVersions(right, left)).isEqualTo(-order);
    }

    @Test
    void type_anyShape_printsAsWritten() {
        for (String text : List.of("int", "byte[]", "UUID?", "List<Data?>?", "Entries<String,Entries<int,long>>")) {
            assertThat(TypeParser.parse(text, new Location("x", 1))).hasToString(text);
        }
    }
}
