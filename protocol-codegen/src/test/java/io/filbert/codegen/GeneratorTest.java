// SPDX-License-Identifier: Apache-2.0
package io.filbert.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {
    private final Path directory;

    GeneratorTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = GeneratorTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Schema golden() throws IOException {
        SchemaParser parser = new SchemaParser();
        parser.parse("golden.schema", resource("golden.schema").lines().toList());
        parser.parse("spare.schema", resource("spare.schema").lines().toList());
        return parser.schema();
    }

    private static String generated(Side side, Part part, String simpleName) throws IOException {
        return Generator.sources(side, part, golden()).entrySet().stream()
                .filter(each -> each.getKey().endsWith("/" + simpleName + ".java"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing generated for " + simpleName));
    }

    /** Expected files are written by hand after a look at what came out; they change only on purpose. */
    @ParameterizedTest
    @ValueSource(strings = {"ThingPutCodec", "ThingListenCodec", "PlaceType", "Place", "Color", "MessageTable"})
    void sources_clientSide_areTheGoldenOnes(String name) throws IOException {
        assertThat(generated(Side.CLIENT, Part.SHIPPED, name)).isEqualTo(resource(name + ".java.txt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ThingPutMemberCodec", "ThingListenMemberCodec"})
    void sources_memberSide_areTheGoldenOnes(String name) throws IOException {
        assertThat(generated(Side.MEMBER, Part.SHIPPED, name)).isEqualTo(resource(name + ".java.txt"));
    }

    @Test
    void sources_memberSide_hasNothingThatIsShared() throws IOException {
        assertThat(Generator.sources(Side.MEMBER, Part.SHIPPED, golden()).keySet())
                .containsExactlyInAnyOrder(
                        "io/filbert/internal/protocol/member/ThingPutMemberCodec.java",
                        "io/filbert/internal/protocol/member/ThingListenMemberCodec.java");
    }

    @Test
    void sources_testsOnly_areTheMethodsMarkedSoAndTheTypesOnlyTheyUse() throws IOException {
        assertThat(Generator.sources(Side.CLIENT, Part.TESTS_ONLY, golden()).keySet())
                .containsExactlyInAnyOrder(
                        "io/filbert/internal/protocol/codec/ThingVisitCodec.java",
                        "io/filbert/internal/protocol/codec/SpareCountCodec.java",
                        "io/filbert/internal/protocol/type/Visit.java",
                        "io/filbert/internal/protocol/codec/VisitType.java");
        assertThat(generated(Side.CLIENT, Part.TESTS_ONLY, "ThingVisitCodec"))
                .isEqualTo(resource("ThingVisitCodec.java.txt"));
    }

    @Test
    void sources_all_areWhatIsShippedAndTheRest() throws IOException {
        for (Side side : Side.values()) {
            Map<String, String> both = new HashMap<>(Generator.sources(side, Part.SHIPPED, golden()));
            both.putAll(Generator.sources(side, Part.TESTS_ONLY, golden()));
            assertThat(Generator.sources(side, Part.ALL, golden())).isEqualTo(both);
        }
    }

    @Test
    void sources_reservedFieldName_isRefused() {
        SchemaParser parser = new SchemaParser();
        parser.parse(
                "test.schema",
                List.of("service A 0x01", "method a 0x01 since 2.0", "  request", "    out:int", "  response"));
        Schema schema = parser.schema();
        assertThatThrownBy(() -> Generator.sources(Side.CLIENT, Part.ALL, schema))
                .isInstanceOf(SchemaException.class)
                .hasMessage("test.schema:4: the codecs use \"out\" themselves");
    }

    @Test
    void generate_unchanged_touchesNothing() throws IOException {
        Path schemas = Files.createDirectory(directory.resolve("schemas"));
        Path output = directory.resolve("output");
        Files.writeString(schemas.resolve("golden.schema"), resource("golden.schema"));
        Generator.generate(Side.CLIENT, Part.SHIPPED, schemas, output);
        Path codec = output.resolve("io/filbert/internal/protocol/codec/ThingPutCodec.java");
        FileTime before = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(codec, before);
        Generator.generate(Side.CLIENT, Part.SHIPPED, schemas, output);
        assertThat(Files.getLastModifiedTime(codec)).isEqualTo(before);
    }

    @Test
    void generate_methodGone_deletesItsCodec() throws IOException {
        Path schemas = Files.createDirectory(directory.resolve("schemas"));
        Path output = directory.resolve("output");
        Path schema = schemas.resolve("golden.schema");
        Files.writeString(schema, resource("golden.schema"));
        Generator.generate(Side.CLIENT, Part.SHIPPED, schemas, output);
        Files.writeString(schema, "service A 0x01\nmethod a 0x01 since 2.0\n  request\n  response\n");
        Generator.generate(Side.CLIENT, Part.SHIPPED, schemas, output);
        assertThat(output.resolve("io/filbert/internal/protocol/codec/ThingPutCodec.java"))
                .doesNotExist();
        assertThat(output.resolve("io/filbert/internal/protocol/codec/AACodec.java"))
                .exists();
    }

    @Test
    void main_wrongArguments_saysHowToUseIt() {
        assertThatThrownBy(() -> Generator.main(new String[] {"client"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("usage");
    }
}
